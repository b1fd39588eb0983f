using LatentConformance.Lessons.Reading;
using NUnit.Framework;

namespace LatentConformance.Tests.Lessons.Reading;

/// <summary>A finding points at a line and a column: every character has to know where it came from.</summary>
public class OffsetTests
{
    /// <summary>What a character that was not written as itself begins with.</summary>
    private const string Markup = "\\&<$\r\n`)]>!";

    private static IEnumerable<string> Pages() => new[] { "docs", "spec" }
        .SelectMany(f => Directory.GetFiles(Path.Combine(Checkout.Root, f), "*.md", SearchOption.AllDirectories))
        .Append(Path.Combine(Checkout.Root, "README.md"))
        .Select(f => Path.GetRelativePath(Checkout.Root, f));

    [TestCaseSource(nameof(Pages))]
    public void Offsets_OfRealPages_PointAtTheCharacter(string path)
    {
        var text = File.ReadAllText(Path.Combine(Checkout.Root, path));
        Assert.Multiple(() =>
        {
            foreach (var (ending, page) in Forms(text))
            {
                Check(Page.Read(new("a" + ending, page)));
            }
        });
    }

    [TestCase("a &times; <b>b</b><sup>2</sup> $c\\,d$ <code>&lt;</code><table><tr><td>e&nbsp;f<td>\\(g\\)</table><pre>\r\nh\r\n&amp;<i>i</i></pre>")]
    public void Offsets_OfHtml_PointAtTheCharacter(string text) => Assert.Multiple(() => Check(Page.Read(new("a.html", text))));

    /// <summary>The same page in every format; as a notebook its lines are strings with escapes.</summary>
    private static IEnumerable<(string Ending, string Text)> Forms(string text)
    {
        yield return (".md", text);
        yield return (".md", text.Replace("\n", "\r\n", StringComparison.Ordinal));
        yield return (".html", text);
        yield return (".txt", text);
        yield return (".ipynb", System.Text.Json.JsonSerializer.Serialize(new { cells = new[] { new { cell_type = "markdown", source = text }, new { cell_type = "code", source = text } } }));
    }

    private static void Check(Page page)
    {
        foreach (var flat in page.Blocks.SelectMany(Blocks.Flats))
        {
            Assert.That(flat.Map, Has.Length.EqualTo(flat.Text.Length + 1));
            Assert.That(flat.Map, Is.Ordered);
            for (var i = 0; i < flat.Text.Length; i++)
            {
                var source = page.Source.Text[flat.Map[i]];
                if (source != flat.Text[i] && flat.Text[i] != ' ' && !Markup.Contains(source, StringComparison.Ordinal))
                {
                    Assert.Fail($"{page.Source.PlaceOf(flat.Map[i])}: '{flat.Text[i]}' from '{source}' in {flat.Text}");
                }
            }
        }
    }
}
