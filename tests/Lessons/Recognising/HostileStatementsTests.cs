using System.Diagnostics;
using NUnit.Framework;

namespace LatentConformance.Tests.Lessons.Recognising;

/// <summary>What nobody writes: it costs time in proportion to its length, and never more than that.</summary>
[TestFixture]
public sealed class HostileStatementsTests
{
    private const int Long = 500_000;

    [TestCase("1+1=2 ")]
    [TestCase("1+1=2")]
    [TestCase("((((")]
    [TestCase("(1+")]
    [TestCase("1x")]
    [TestCase("1=")]
    [TestCase(",,,,")]
    [TestCase("1,")]
    [TestCase("9^9")]
    [TestCase("5!")]
    [TestCase("48× ")]
    [TestCase("64×64×4 ")]
    [TestCase("512×512×3 to 64×64×4 is 48× compression ")]
    [TestCase("16×16 patches of a 224×224 image ")]
    [TestCase("levels [8, 5, 5, 5] give 1,000 codes ")]
    [TestCase("K = 1024, D = 256 ")]
    [TestCase("5 levels in 6 dimensions ")]
    [TestCase("16,384 values ")]
    [TestCase("[")]
    [TestCase("7")]
    [TestCase("\\frac{1}{2}")]
    public void Check_OneLongLine_TakesSeconds(string unit)
    {
        var line = string.Concat(Enumerable.Repeat(unit, Long / unit.Length));
        var watch = Stopwatch.StartNew();

        Lesson.Of("@txt " + line);

        Assert.That(watch.Elapsed.TotalSeconds, Is.LessThan(30));
    }

    [TestCase("9^9^9^9 = 3")]
    [TestCase("1e308*1e308 = 5")]
    [TestCase("5!!!! = 3")]
    [TestCase("171! = 5")]
    [TestCase("1/0 = 3")]
    [TestCase("2^1e9 = 5")]
    [TestCase("(-2)^0.5 = 1")]
    [TestCase("log(0) = 5")]
    [TestCase("√(-4) = 2")]
    [TestCase("0^0 = 2")]
    [TestCase("1e9999 × 2 = 3")]
    [TestCase("K = 0: 5 bits per token")]
    [TestCase("levels [0, 0] give 5 codes")]
    [TestCase("L = 99, d = 99 gives 5 codes")]
    [TestCase("0×0 patches of a 0×0 image give 5 tokens")]
    [TestCase("\\frac{}{} = 3")]
    [TestCase("\\frac{1}{0} = 3")]
    [TestCase("= = =")]
    [TestCase("²³ = 3")]
    public void Check_NoNumber_NotAccused(string line)
    {
        var report = Lesson.Of(line);

        Assert.That(report.Findings, Is.Empty, Lesson.Shown(report));
    }

    [Test]
    public void Check_DeepParentheses_NotRead()
    {
        var report = Lesson.Of(new string('(', 10_000) + "1" + new string(')', 10_000) + " = 2");

        Assert.That(report.Findings, Is.Empty);
    }

    [Test]
    public void Check_SoupOfTokens_NeverThrows()
    {
        string[] soup = ["1", "2", "3.5", "0x1F", "(", ")", "{", "}", "[", "]", "=", "≈", "+", "-", "×", "/", "^", "²", "⁻¹", "√", "log", "log_2", "\\frac", "\\sqrt", "%", "!", "½", "8K", "3e5", "1,024", "x",
            "tokens", "bits", "codes", "levels", "values", "to", "is", "compression", "48×", ",", ".", "?", "…", "\ud800", "\0", "|", "K = 8", "D = 4", "L = 5", "image", "patches", "per", "10^", "€", "$", "_", "1.2.3", "1e308"];
        var random = new Random(5);
        for (var i = 0; i < 5_000; i++)
        {
            var line = string.Concat(Enumerable.Range(0, 30).Select(_ => soup[random.Next(soup.Length)] + (random.Next(2) == 0 ? " " : "")));

            Assert.That(() => Lesson.Of("@md " + line), Throws.Nothing, line);
        }
    }
}
