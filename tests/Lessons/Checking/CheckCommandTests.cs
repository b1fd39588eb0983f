using System.Text;
using System.Text.Json;
using LatentConformance.Conformance.Spec;
using LatentConformance.Lessons.Recognising;
using LatentConformance.Tests.Cli;
using LatentConformance.Tests.House;
using NUnit.Framework;

namespace LatentConformance.Tests.Lessons.Checking;

/// <summary>latent check as its user runs it: exit codes, formats, files that cannot be read.</summary>
public class CheckCommandTests
{
    private string folder = "";

    [SetUp]
    public void Make() => folder = Directory.CreateTempSubdirectory("lessons-").FullName;

    [TearDown]
    public void Forget() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Page_ShowsTheRealOutput() =>
        Page.Holds("docs/check.md", "output: check", Page.Console("latent check docs/lesson.md", LatentProcess.Run("check", "docs/lesson.md").Out));

    [Test]
    public void Page_ListsTheStatementsThatAreKnownToBeWrong() => Page.Holds(
        "docs/check.md", "known", string.Concat(KnownWrong.All.Select(k => $"- `{k.Name}`: {k.Correction} [`{k.Claim}`]\n")));

    [Test]
    public void Page_NamesOnlyClaimsThatThereAre()
    {
        var rows = File.ReadLines(Path.Combine(Checkout.Root, "docs", "check.md")).Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => l.Split('|')[1]);
        var named = rows.SelectMany(r => r.Split(',')).Select(r => r.Trim(' ', '`')).ToArray();
        Assert.That(named.Except(Checkout.Book.Claims.SelectMany(c => c.Ids)), Is.Empty);
        Assert.That(named, Is.Not.Empty);
    }

    [Test]
    public void KnownWrong_EachNamesAClaimThatDisprovesIt()
    {
        var claims = Checkout.Book.Claims.SelectMany(c => c.Ids, (c, id) => (id, c.Verdict)).ToDictionary(c => c.id, c => c.Verdict);
        Assert.That(KnownWrong.All.Select(k => claims[k.Claim]), Has.All.EqualTo(ClaimVerdict.Erratum).Or.EqualTo(ClaimVerdict.Inconsistent));
    }

    [TestCase("text", "a.md:1:9: wrong: 13, right is 12")]
    [TestCase("github", "::error file=")]
    [TestCase("markdown", "| 13 | 12 | 3 × 4 is 12, not 13. |")]
    [TestCase("sarif", "\"startLine\": 1")]
    [TestCase("json", "\"right\": \"12\"")]
    public void Check_EveryFormat_HasTheFinding(string format, string expected)
    {
        Write("a.md", "3 × 4 = 13");
        var (exit, output, error) = LatentProcess.RunIn(folder, "check", folder, "--format", format);
        Assert.That((exit, output.Contains(expected, StringComparison.Ordinal), error), Is.EqualTo((1, true, "")), output);
    }

    [Test]
    public void Check_Json_IsForPrograms()
    {
        Write("a.md", "In 2013: 3 × 4 = 13");
        var file = JsonDocument.Parse(LatentProcess.RunIn(folder, "check", "a.md", "--format", "json", "--unchecked").Out).RootElement.GetProperty("files")[0];
        Assert.Multiple(() =>
        {
            Assert.That(file.GetProperty("path").GetString(), Is.EqualTo("a.md"));
            Assert.That(file.GetProperty("coverage").GetProperty("not_understood").GetInt32(), Is.EqualTo(1));
            Assert.That(file.GetProperty("unchecked")[0].GetProperty("printed").GetString(), Is.EqualTo("2013"));
            Assert.That(file.GetProperty("findings")[0].GetProperty("column").GetInt32(), Is.EqualTo(18));
        });
    }

    [Test]
    public void Check_OfAFolder_ReadsEveryKindOnceAndNothingHidden()
    {
        Write("a.md", "3 × 4 = 13");
        Write("b.html", "<p>3 &times; 4 = 13</p>");
        Write("c.txt", "3 × 4 = 13");
        Write("d.ipynb", """{"cells": [{"cell_type": "markdown", "source": ["3 × 4 = 13"]}], "nbformat": 4}""");
        Write("e.py", "# 3 × 4 = 13");
        Write(".git/f.md", "3 × 4 = 13");
        Write("skipped.md", "3 × 4 = 13");
        Write("latent.yml", "skip: [skipped.md]");
        var (exit, output, _) = LatentProcess.RunIn(folder, "check", ".");
        Assert.That((exit, output.Split('\n')[^2]), Is.EqualTo((1, "4 files: 12 numbers, 12 recognised, 4 checked, 4 wrong, 0 not understood")), output);
    }

    /// <summary>What cannot be read is one line; the others are checked all the same.</summary>
    [Test]
    public void Check_OfBadFiles_SaysSoAndChecksTheOthers()
    {
        Write("good.md", "3 × 4 = 12");
        File.WriteAllBytes(Path.Combine(folder, "binary.md"), [1, 2, 0, 3]);
        File.WriteAllBytes(Path.Combine(folder, "latin.md"), Encoding.Latin1.GetBytes("caf\u00e9 3 = 4"));
        Write("broken.ipynb", "{\"cells\": [");
        Write("other.ipynb", "[1, 2]");
        var (exit, output, error) = LatentProcess.RunIn(folder, "check", ".");
        Assert.Multiple(() =>
        {
            Assert.That(exit, Is.EqualTo(3), output);
            Assert.That(output, Does.EndWith("5 files: 3 numbers, 3 recognised, 1 checked, 0 wrong, 0 not understood\n"));
            Assert.That(error.TrimEnd().Split('\n'), Has.Length.EqualTo(4).And.Some.Contains("binary.md is binary").And.Some.Contains("latin.md is not UTF-8").And.Some.Contains("broken.ipynb is not a notebook"));
        });
    }

    /// <summary>Broken on purpose: each is answered, quickly, and says nothing wrong.</summary>
    [Test]
    public void Check_OfHostilePages_Ends()
    {
        Write("parentheses.md", new string('(', 10_000) + "1" + new string(')', 10_000) + " = 2");
        Write("powers.md", "9^9^9^9 = 10 and 9^(9^(9^9)) = 10 and 10^400 = 7 and 1/0 = 3 and 170! + 171! = 4");
        Write("tags.html", string.Concat(Enumerable.Repeat("<div><table><td><sup>", 10_000)) + "3 × 4 = 13");
        Write("unclosed.html", "<p>2 + 2 = 4 <!-- latent: 1");
        Write("stars.md", new string('*', 20_000) + " 2 * 3 = 6 " + new string('_', 20_000) + new string('[', 20_000));
        Write("sums.md", string.Concat(Enumerable.Repeat("1+", 50_000)) + "1 = 3");
        Write("links.md", string.Concat(Enumerable.Repeat("=1", 50_000)));
        Write("utf16.md", "");
        File.WriteAllText(Path.Combine(folder, "utf16.md"), "3 × 4 = 12", Encoding.Unicode);
        var started = System.Diagnostics.Stopwatch.StartNew();
        var (exit, output, error) = LatentProcess.RunIn(folder, "check", ".");
        Assert.Multiple(() =>
        {
            Assert.That(started.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)));
            Assert.That(exit, Is.EqualTo(1), error);
            Assert.That(output, Does.Contain("8 files").And.Contain("tags.html:1:").And.Not.Contain("stars.md:"));
        });
    }

    [TestCase("no file or folder 'nothing.md'", "check", "nothing.md")]
    [TestCase("nothing to check in .", "check", ".")]
    [TestCase("Required argument missing", "check")]
    [TestCase("no format 'yaml'", "check", ".", "--format", "yaml")]
    [TestCase("--settings: no file 'x.yml'", "check", ".", "--settings", "x.yml")]
    public void Check_WrongUse_IsOneLine(string expected, params string[] arguments)
    {
        var (exit, output, error) = LatentProcess.RunIn(folder, arguments);
        Assert.That((exit, output, error.Contains(expected, StringComparison.Ordinal), error.TrimEnd().Contains('\n', StringComparison.Ordinal)), Is.EqualTo((2, "", true, false)), error);
    }

    [Test]
    public void Check_OfSettingsThatAreWrong_SaysWhere()
    {
        Write("a.md", "3 × 4 = 12");
        Write("latent.yml", "colums: {}");
        var (exit, _, error) = LatentProcess.RunIn(folder, "check", ".");
        Assert.That((exit, error), Is.EqualTo((2, "latent: latent.yml:1:1: no setting 'colums' (did you mean 'columns'?); there are columns, accept, files, skip\n")));
    }

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
        File.WriteAllText(Path.Combine(folder, file), text);
    }
}
