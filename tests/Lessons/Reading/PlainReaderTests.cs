using NUnit.Framework;

namespace LatentConformance.Tests.Lessons.Reading;

public class PlainReaderTests
{
    private const string Wrapped = "This is a line of a paragraph that somebody has wrapped by\n";

    private static string Read(string text) => Blocks.Render("a.txt", text);

    [TestCase("one\ntwo\n\nthree\r\nfour", "p:one / p:two / p:three / p:four")]
    [TestCase("a *b* <p> &amp; _c_", "p:a *b* <p> &amp; _c_")]
    [TestCase("model $p(x)$ costs $5, see https://a.b/5", "p:model p(x) costs 5, see")]
    [TestCase("a <!-- latent: n --> b <!-- gone\nmore --> c\nd", "p:a «n»b c / p:d")]
    [TestCase("a <!-- b\nc", "p:a <!-- b / p:c")]
    [TestCase("a\n| x | y |\n|---|---|\n| 1 | 2 |\nb | c", "p:a / t:x|y;1|2;b|c")]
    public void Lines_Of_AreParagraphs(string text, string expected) => Assert.That(Read(text), Is.EqualTo(expected));

    [Test]
    public void Lines_WrappedByHand_AreJoined() => Assert.That(
        Read(Wrapped + Wrapped + "hand.\n\n" + Wrapped + "- item\n" + Wrapped),
        Is.EqualTo($"p:{Wrapped.Trim()} {Wrapped.Trim()} hand. / p:{Wrapped.Trim()} / p:- item {Wrapped.Trim()}"));

    [TestCase("Text.\nx = f(1)\ny = g(x)\nText.", "p:Text. / c[python]:x = f(1)⏎y = g(x) / p:Text.")]
    [TestCase("python\n# a\nclass A(B):\n    def f(self):\n\n        return 5\n\nMore text here.", "c[python]:# a⏎class A(B):⏎    def f(self):⏎⏎        return 5 / p:More text here.")]
    [TestCase("import numpy as np\nfor i in range(3):\n    print(i)\n# → 0\nThe end.", "c[python]:import numpy as np⏎for i in range(3):⏎    print(i)⏎# → 0 / p:The end.")]
    [TestCase("For each layer:\nif you want this: say so\nreturn to the start", "p:For each layer: / p:if you want this: say so / p:return to the start")]
    [TestCase("x̂ = decoder(z)\nLoss = ‖x − x̂‖² (mean squared error)", "p:x̂ = decoder(z) / p:Loss = ‖x − x̂‖² (mean squared error)")]
    [TestCase("x = conv(x)  # [1, 64]\nx = flat(x)  # [64] → 64", "c[python]:x = conv(x)  # [1, 64]⏎x = flat(x)  # [64] → 64")]
    [TestCase("x = f(1) # <!-- latent: n -->\ny = g(x)", "c[python]:x = f(1) # «n»⏎y = g(x)")]
    public void Code_Of_IsFoundByItsLooks(string text, string expected) => Assert.That(Read(text), Is.EqualTo(expected));
}
