using LatentConformance.Conformance;
using LatentConformance.Lessons.Checking;
using LatentConformance.Lessons.Recognising.Tables;
using NUnit.Framework;

namespace LatentConformance.Tests.Lessons.Checking;

/// <summary>latent.yml: what it may say, and one line where it says something else.</summary>
public class SettingsReaderTests
{
    [Test]
    public void Read_EverySetting_IsThere()
    {
        var settings = SettingsReader.Read("columns: {σ col: sigma}\naccept:\n  - file: a.md\n    printed: \"4.0\"\n    reason: quoted\nfiles: ['*.md']\nskip:\n  - draft*\n", "latent.yml");
        Assert.Multiple(() =>
        {
            Assert.That(settings.Columns, Is.EqualTo(new Dictionary<string, Column> { ["σ col"] = Column.Deviation }));
            Assert.That(settings.Accept, Is.EqualTo(new[] { new Accepted("a.md", "4.0", "quoted") }));
            Assert.That(settings.Files, Is.EqualTo(new[] { "*.md" }));
            Assert.That(settings.Skip, Is.EqualTo(new[] { "draft*" }));
        });
    }

    [TestCase("")]
    [TestCase("# nothing yet\n")]
    public void Read_Nothing_SaysNothing(string text) => Assert.That(SettingsReader.Read(text, "latent.yml").Files, Is.Empty);

    [TestCase("colums: {}", "latent.yml:1:1: no setting 'colums' (did you mean 'columns'?)")]
    [TestCase("columns: {x: sigm}", "latent.yml:1:14: no meaning 'sigm' (did you mean 'sigma'?)")]
    [TestCase("accept:\n  - printed: '4.0'", "latent.yml:2:5: an accepted finding has 'printed:'")]
    [TestCase("accept:\n  - printed: 4\n    why: x", "no key 'why' in accept")]
    [TestCase("accept: yes", "latent.yml:1:9: expected a list")]
    [TestCase("files: {a: b}", "expected a list")]
    [TestCase("just text", "expected 'name: value'")]
    [TestCase("a: [b", "is not YAML")]
    [TestCase("? [a]\n: b", "expected a name")]
    public void Read_SomethingElse_IsOneLineThatSaysWhere(string text, string message) =>
        Assert.That(() => SettingsReader.Read(text, "latent.yml"), Throws.TypeOf<SpecError>().With.Message.Contains(message).And.Message.Not.Contains("\n"));
}
