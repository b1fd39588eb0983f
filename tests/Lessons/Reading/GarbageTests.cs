using System.Text;
using LatentConformance.Lessons.Reading;
using NUnit.Framework;

namespace LatentConformance.Tests.Lessons.Reading;

/// <summary>Whatever a file holds: it is read, or refused in one line.</summary>
public class GarbageTests
{
    private static readonly string[] Endings = [".md", ".mdx", ".html", ".txt", ".ipynb"];

    private static readonly string[] Pieces =
    [
        "<", ">", "</", "<!--", "-->", "latent: n", "<table>", "<tr>", "<td colspan=3 rowspan=9>", "</table>", "<pre>", "</pre>", "<sup>", "</sub>", "<code class=\"language-x\">", "</code>",
        "<script type=\"math/tex\">", "</script>", "<math>", "</math>", "<annotation encoding=\"application/x-tex\">", "<span class=\"katex-html\">", "</span>", "<p", "\"", "'", "=", "&", "&amp;", "&#",
        "&#x110000;", ";", "[", "](", ")", "![", "[^1]", "]:", "`", "```", "~~~", "claim", "{", "}", "{note}", "**", "_", "*", "\\", "\\(", "\\)", "\\[", "\\]", "\\begin{a}", "\\end{a}", "$", "$$", "\\,", "{,}",
        "|", "|-|-|", "---", "+++", "#", ">", "- ", "1. ", "    ", "\t", "\n", "\r\n", "\r", "\n\n", "5", "65", ",536", " = ", "x", "é", "\uD835", "\uDC65", "\0", "\u00AD", "\uFFFC", "https://a.b",
        "python\n", "def f(x):\n", "y = f(1)\n", "\"\"\"", "# ", "{\"cells\": [", "{\"cell_type\": \"markdown\", \"source\": ", "\"a\\u00e9\\n\"", "]}", ",",
    ];

    [Test]
    public void Read_Garbage_NeverThrowsAnythingElse()
    {
        var random = new Random(20260);
        for (var round = 0; round < 20_000; round++)
        {
            var text = new StringBuilder();
            for (var i = random.Next(1, 40); i > 0; i--)
            {
                text.Append(Pieces[random.Next(Pieces.Length)]);
            }

            Check("a" + Endings[round % Endings.Length], text.ToString());
        }
    }

    [TestCase("<div>"), TestCase("<table><tr><td>"), TestCase("<sup>"), TestCase("["), TestCase("> "), TestCase("- "), TestCase("("), TestCase("$("), TestCase("<a \""), TestCase("[a]("), TestCase("{[")]
    [TestCase("\\begin{a}"), TestCase("```{note}\n"), TestCase("*a _b "), TestCase("<A b={"), TestCase("{\"cells\":["), TestCase("<!--"), TestCase("\"\"\"\n"), TestCase("python\n# \n")]
    public void Read_NestedDeep_Ends(string piece)
    {
        foreach (var ending in Endings)
        {
            Check("a" + ending, string.Concat(Enumerable.Repeat(piece, 10_000)));
        }
    }

    private static void Check(string path, string text)
    {
        try
        {
            foreach (var flat in Page.Read(new(path, text)).Blocks.SelectMany(Blocks.Flats))
            {
                Assert.That(flat.Map, Has.Length.EqualTo(flat.Text.Length + 1), text);
                for (var i = 0; i < flat.Text.Length; i++)
                {
                    if (flat.Map[i] < 0 || flat.Map[i] >= text.Length || flat.Map[i] > flat.Map[i + 1] || flat.Text[i] == '\r')
                    {
                        Assert.Fail($"{path} {i} of {flat.Text} [{string.Join(' ', flat.Map)}] in {System.Text.Json.JsonSerializer.Serialize(text)}");
                    }
                }

                Assert.That(flat.Notes.All(n => n.At >= 0 && n.At <= flat.Text.Length && n.Offset <= text.Length), text);
            }
        }
        catch (UnreadableException refused)
        {
            Assert.That(path.EndsWith(".ipynb", StringComparison.Ordinal) && !refused.Message.Contains('\n', StringComparison.Ordinal), refused.Message);
        }
        catch (Exception e) when (e is not AssertionException)
        {
            Assert.Fail($"{path} {text}: {e}");
        }
    }
}
