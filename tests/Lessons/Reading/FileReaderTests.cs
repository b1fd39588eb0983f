using System.Text;
using LatentConformance.Lessons.Reading;
using NUnit.Framework;

namespace LatentConformance.Tests.Lessons.Reading;

public class FileReaderTests
{
    private static readonly byte[] Latin = [(byte)'a', (byte)'\r', (byte)'\n', (byte)'b', (byte)'\r', (byte)'c', 0xE9, (byte)'!'];

    [Test]
    public void Decode_AnyUnicode_IsTheText() => Assert.Multiple(() =>
    {
        const string text = "a é × 𝑥\r\n";
        foreach (var encoding in new Encoding[] { new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            Assert.That(FileReader.Decode("a", [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]).Text, Is.EqualTo(text), encoding.WebName);
        }

        Assert.That(FileReader.Decode("a", []).Text, Is.Empty);
    });

    [Test]
    public void Decode_Unreadable_SaysWhy() => Assert.Multiple(() =>
    {
        Assert.That(() => FileReader.Decode("a", Latin), Throws.TypeOf<UnreadableException>().With.Message.EqualTo("is not UTF-8: byte 0xE9 at line 3; save it as UTF-8"));
        Assert.That(() => FileReader.Decode("a", [1, 2, 0, 3]), Throws.TypeOf<UnreadableException>().With.Message.EqualTo("is binary"));
        Assert.That(() => FileReader.Decode("a", new byte[FileReader.Largest + 1]), Throws.TypeOf<UnreadableException>().With.Message.EqualTo("is larger than 32 MiB"));
        Assert.That(() => FileReader.Decode("a", [(byte)'a', 0xC3]), Throws.TypeOf<UnreadableException>().With.Message.Contains("0xC3 at line 1"));
    });

    [TestCase("a\nb", 2, 2, 1)]
    [TestCase("a\r\nb", 3, 2, 1)]
    [TestCase("a\rb\r\rc", 5, 4, 1)]
    [TestCase("ab\r\n", 4, 2, 1)]
    [TestCase("", 0, 1, 1)]
    public void PlaceOf_AnyLineEnd_CountsOnce(string text, int offset, int line, int column) =>
        Assert.That(new SourceText("a", text).PlaceOf(offset), Is.EqualTo((line, column)));
}
