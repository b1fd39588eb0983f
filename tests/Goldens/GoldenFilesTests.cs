using System.Text;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Goldens;

/// <summary>The files themselves: each is somebody's, and the same bytes on every machine.</summary>
public class GoldenFilesTests
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "goldens");

    private static string[] Files => Directory.GetFiles(Folder, "*.verified.*", SearchOption.AllDirectories);

    [Test]
    public void Goldens_OfNobody_AreNone()
    {
        var known = Catalogue.Standard.Operations.Select(Checkout.GoldenPath).Concat(TextGolden.Names.Select(TextGolden.PathOf)).ToHashSet();
        Assert.That(Files.Where(f => !known.Contains(f)).Select(Path.GetFileName), Is.Empty, "no operation and no test asks for these; remove them");
        Assert.That(known.Where(f => !File.Exists(f)).Select(Path.GetFileName), Is.Empty, "no such golden yet");
    }

    [Test]
    public void Goldens_AllFiles_AreUtf8WithoutMarkAndLinesEndInLf()
    {
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        Assert.Multiple(() =>
        {
            foreach (var file in Files)
            {
                var bytes = File.ReadAllBytes(file);
                Assert.That(() => strict.GetString(bytes), Throws.Nothing, file);
                Assert.That(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble), Is.False, $"{file} begins with a byte order mark");
                Assert.That(bytes, Does.Not.Contain((byte)'\r'), file);
            }
        });
    }

    [Test]
    public void Received_AreIgnoredByGit() =>
        Assert.That(File.ReadAllLines(Path.Combine(Checkout.Root, ".gitignore")), Does.Contain("*.received.*"));

    /// <summary>The driver itself, whichever is built: the same, as good as the same, different, and not there at all.</summary>
    [TestCase("a\nb\n", "a\nb\n", "not asked", true)]
    [TestCase("a\nb\n", "a\nc\n", null, true)]
    [TestCase("a\nb\n", "a\nc\n", "c is not b", false)]
    [TestCase("a\n", "a", "an end is missing", false)]
    [TestCase(null, "a\n", "not asked", false)]
    public void Driver_WithoutAcceptance_LeavesTheVerifiedAndReceivesWhatDiffers(string? stored, string text, string? difference, bool holds)
    {
        using var golden = new OneGolden(stored);
        Assert.That(
            () => GoldenDriver.Hold(golden.Verified, text, accept: false, _ => difference),
            holds ? Throws.Nothing : Throws.Exception.With.Message.Contains(stored is null ? "kl_standard.vjp" : difference!));
        Assert.Multiple(() =>
        {
            Assert.That(golden.VerifiedText, Is.EqualTo(stored));
            Assert.That(golden.ReceivedText, Is.EqualTo(holds ? null : text));
        });
    }

    [TestCase("a\nb\n", "a\nc\n", "c is not b")]
    [TestCase(null, "a\n", "not asked")]
    public void Driver_WithAcceptance_TakesTheNewText(string? stored, string text, string difference)
    {
        using var golden = new OneGolden(stored);
        GoldenDriver.Hold(golden.Verified, text, accept: true, _ => difference);
        Assert.That((golden.VerifiedText, golden.ReceivedText), Is.EqualTo((text, (string?)null)));
    }

    [TestCase("a\nb\n", "a\nb\n", null)]
    [TestCase("a\nb\n", "a\nc\n", "line 2 was 'b' and is 'c'")]
    [TestCase("a\n", "a", "line 2 was '' and is not there")]
    [TestCase("a", "a\nb", "line 2 was not there and is 'b'")]
    public void Difference_IsTheFirstLine(string stored, string text, string? says) =>
        Assert.That(TextGolden.Difference(stored, text), says is null ? Is.Null : Does.StartWith(says));
}
