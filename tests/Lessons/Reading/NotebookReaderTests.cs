using LatentConformance.Lessons.Reading;
using NUnit.Framework;

namespace LatentConformance.Tests.Lessons.Reading;

public class NotebookReaderTests
{
    [TestCase("""{"cells": [{"cell_type": "markdown", "source": ["# A\n", "b *c*"]}, {"cell_type": "code", "source": "x = \"\u00e9\"\ny", "outputs": [{"text": "5"}]}]}""", "p:A / p:b c / c[python]:x = \"é\"⏎y")]
    [TestCase("""{"worksheets": [{"cells": [{"cell_type": "code", "language": "python", "input": ["a\n", "b"]}, {"cell_type": "heading", "level": 1, "source": "H"}]}]}""", "c[python]:a⏎b / p:H")]
    [TestCase("""{"cells": [{"cell_type": "code", "source": "a"}, {"cell_type": "raw", "source": "b"}], "metadata": {"kernelspec": {"language": "R", "name": "ir"}}}""", "c[r]:a")]
    [TestCase("""{"cells": [{"cell_type": "code", "source": "%%bash\nls"}, {"cell_type": "code", "source": "%%time\nx"}, {"cell_type": "code", "source": []}]}""", "c[bash]:%%bash⏎ls / c[python]:%%time⏎x")]
    [TestCase("""{"cells": []}""", "")]
    public void Cells_Of_AreRead(string text, string expected) => Assert.That(Blocks.Render("a.ipynb", text), Is.EqualTo(expected));

    [TestCase("", "is not a notebook: expected a value, found the end of the file, at line 1")]
    [TestCase("{}", "is not a notebook: expected '\"cells\": [...]' in one object, found none, at line 1")]
    [TestCase("[1]", "is not a notebook: expected '\"cells\": [...]' in one object, found none, at line 1")]
    [TestCase("{\"cells\":\n[1,\nx]}", "is not a notebook: expected a value, found 'x', at line 3")]
    [TestCase("{\"cells\":\n 5}", "is not a notebook: expected '\"cells\": [...]', found '}', at line 2")]
    [TestCase("{\"cells\": []", "is not a notebook: expected ',' or '}', found the end of the file, at line 1")]
    [TestCase("{\"a\": \"\\x\"}", "is not a notebook: expected an escape of JSON, found 'x', at line 1")]
    [TestCase("{\"a\": \"b\n\"}", "is not a notebook: expected '\"' at the end of a string, found '?', at line 1")]
    [TestCase("{\"cells\": []} x", "is not a notebook: expected the end of the file, found 'x', at line 1")]
    [TestCase("{\"cells\": [],}", "is not a notebook: expected a name in quotes, found '}', at line 1")]
    public void Cells_OfNone_SayWhere(string text, string expected) =>
        Assert.That(() => Page.Read(new("a.ipynb", text)), Throws.TypeOf<UnreadableException>().With.Message.EqualTo(expected));

    [Test]
    public void Offsets_OfEscapes_AreWhereTheyStart()
    {
        const string text = """{"cells": [{"cell_type": "markdown", "source": ["a\"\u00e9", "\nb"]}]}""";
        var flat = ((Prose)Page.Read(new("a.ipynb", text)).Blocks.Single()).Text;
        Assert.That(flat.Text, Is.EqualTo("a\"é b"));
        Assert.That(flat.Map.Select(o => text[o..Math.Min(o + 2, text.Length)]), Is.EqualTo(new[] { "a\\", "\\\"", "\\u", "\\n", "b\"", "\"]" }));
    }
}
