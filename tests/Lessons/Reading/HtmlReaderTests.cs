using NUnit.Framework;

namespace LatentConformance.Tests.Lessons.Reading;

public class HtmlReaderTests
{
    private static string Read(string text) => Blocks.Render("a.html", text);

    [TestCase("", "")]
    [TestCase("plain", "p:plain")]
    [TestCase("<p>one<p>two <b>bold</b> &amp;\n  more", "p:one / p:two bold & more")]
    [TestCase("<h1>A</h1>b<div>c<section>d</section>e</div>", "p:A / p:b / p:c / p:d / p:e")]
    [TestCase("<ul><li>one<li>two</ul><dl><dt>a<dd>b</dl>", "p:one / p:two / p:a / p:b")]
    [TestCase("a<br/>b<hr>c", "p:a b / p:c")]
    [TestCase("<blockquote>a</blockquote><figure><img alt=5><figcaption>b</figcaption></figure>", "p:a / p:b")]
    [TestCase("<!DOCTYPE html><?xml version='1'?><html><head><title>T &lt; 5</title><style>p { 5 }</style><script>x = '<p>6</p>'</script></head><body>b", "p:T < 5 / p:b")]
    [TestCase("a<script>5", "p:a")]
    [TestCase("a<template>5</template><noscript>6</noscript><svg><text>7</text></svg>b", "p:ab")]
    [TestCase("a<svg>b", "p:ab")]
    [TestCase("<p class='a>b' id=\"c<d\">text</p>", "p:text")]
    [TestCase("<a href=\"never closed>text</a>", "p:text")]
    [TestCase("a < b <3 c<d e", "p:a < b <3 c<d e")]
    [TestCase("<P>A</P><SPAN>b</SPAN>", "p:A / p:b")]
    [TestCase("</p></div></td>a", "p:a")]
    [TestCase("a<td>b", "p:a / p:b")]
    [TestCase("a&shy;b\u200Bc", "p:abc")]
    public void Blocks_Of_AreTold(string text, string expected) => Assert.That(Read(text), Is.EqualTo(expected));

    [TestCase("x<sup>2</sup>y<sub>i<sup>3</sup></sub> 5²", "p:x^{2}y_{i^{3}} 5²")]
    [TestCase("x<sup>2<p>y</sup>", "p:x^{2} / p:y")]
    [TestCase("x<sup></sup>y", "p:xy")]
    [TestCase("3 &times; 4 &minus; &frac12; &#215; &#xD7; &#x1D465; &#150; &#0; &hellip; &unknown; &amp", "p:3 × 4 − ½ × × 𝑥 – \uFFFD … &unknown; &amp")]
    [TestCase("65&nbsp;536&thinsp;1", "p:65\u00A0536\u20091")]
    [TestCase("a <code>x = $5 \\(b\\)</code> c", "p:a x = $5 \\(b\\) c")]
    [TestCase("a $x&lt;y$ \\(z\\) $$65{,}536$$ \\[ w = 3\\,b \\] costs $5 and $6", "p:a x<y z 65,536 w = 3 b costs 5 and 6")]
    [TestCase("2 + <img src=a> 5 = 9<p><img src=b></p>", "p:2 + \uFFFC 5 = 9")]
    [TestCase("5 = <del>6 <b>7</b></del> 5 <s>8<p>9", "p:5 = 5 / p:9")]
    [TestCase("see https://a.b/5 end", "p:see end")]
    public void Inline_Of_IsAsSeen(string text, string expected) => Assert.That(Read(text), Is.EqualTo(expected));

    [TestCase("<pre>\na\n  b</pre>c", "c[]:a⏎  b / p:c")]
    [TestCase("<pre><code class=\"language-python\"><span class=\"k\">def</span> f(x):\r\n  y &lt; 5</code></pre>", "c[python]:def f(x):⏎  y < 5")]
    [TestCase("<div class=\"highlight-py notranslate\"><div class=\"highlight\"><pre>a</pre></div></div>", "c[python]:a")]
    [TestCase("<pre class=\"sourceCode python\">a</pre><pre class=\"lang-C\">b</pre><pre>c</pre>", "c[python]:a / c[c]:b / c[]:c")]
    [TestCase("<pre><span class=\"lineno\">1</span>a<br>b</pre>", "c[]:a⏎b")]
    [TestCase("<pre><div class=line>a</div><div class=line>b</div></pre>", "c[]:a⏎b")]
    [TestCase("<code class=\"language-py\">x\ny</code> and <code class=\"language-py\">z</code>", "c[python]:x⏎y / p:and z")]
    [TestCase("<pre><code class=\"language-claim\">id: a</code></pre>", "claim@0:id: a")]
    [TestCase("<table><tr><td><pre class=\"lineno\">1\n2</pre></td><td><pre>a\nb</pre></td></tr></table>", "c[]:a⏎b")]
    [TestCase("<pre>not closed", "p:not closed")]
    [TestCase("<pre>a <!-- latent: n --> b <!-- c --></pre>", "c[]:a «n» b ")]
    public void Code_Of_AreTold(string text, string expected) => Assert.That(Read(text), Is.EqualTo(expected));

    [TestCase("<table><tr><th>a<th>b<tr><td>1<td>2</table>c", "t:a|b;1|2 / p:c")]
    [TestCase("<table><caption>C</caption><thead><tr><td>a</td></tr></thead><tbody><tr><td>1</td></tr></tbody></table>", "p:C / t:a;1")]
    [TestCase("<table><tr><td><p>a</p><p>b<br>c</p></td><td>1</td></tr></table>", "t:a b c|1")]
    [TestCase("<table><tr><th colspan=2>a<th>b<tr><td>1<td>2<td>3</table>", "t:a||b;1|2|3")]
    [TestCase("<table><tr><th>a<th>b<tr><td rowspan=2>1<td>2<tr><td>3</table>", "t:a|b;1|2;|3")]
    [TestCase("<table><tr><td>page<table><tr><th>a<th>b</table>after</td></tr></table>", "p:page / t:a|b / p:after")]
    [TestCase("<table><tr><td>only</td></tr></table>", "p:only")]
    [TestCase("<table><tr><th>a<th>b<tr><td>x<sup>2</table>c", "t:a|b;x^{2} / p:c")]
    [TestCase("<table>", "")]
    [TestCase("<table><tr><td>a<!-- latent: n --></td><td>b</td></tr></table>", "t:a«n»|b")]
    public void Tables_Of_AreTold(string text, string expected) => Assert.That(Read(text), Is.EqualTo(expected));

    [TestCase("a<math><mn>5</mn></math>b", "p:a\uFFFCb")]
    [TestCase("<math><semantics><mn>5</mn><annotation encoding=\"application/x-tex\">5 &lt; 65{,}536</annotation></semantics></math>", "p:5 < 65,536")]
    [TestCase("<span class=\"katex\"><span class=\"katex-mathml\"><math><annotation encoding=\"application/x-tex\">x</annotation></math></span><span class=\"katex-html\" aria-hidden=\"true\"><span>x</span></span></span> b", "p:x b")]
    [TestCase("a <span class=\"katex-html\"><span>x</span></span> b", "p:a \uFFFC b")]
    [TestCase("a <span aria-hidden=\"true\">b<p>c", "p:a / p:c")]
    [TestCase("a<script type=\"math/tex; mode=display\">y = $5</script>b", "p:a y = $5 b")]
    [TestCase("<span class=\"MathJax_Preview\">x</span><span class=MathJax>x</span><script type='math/tex'>x</script>", "p:x")]
    public void Maths_Of_IsReadOnce(string text, string expected) => Assert.That(Read(text), Is.EqualTo(expected));

    [TestCase("<p>a <!-- latent: one --> b <!-- gone --></p>", "p:a «one»b")]
    [TestCase("<!-- latent: ignore me --><p>b</p>", "p:«ignore me» / p:b")]
    [TestCase("a<!-- not closed", "p:a")]
    [TestCase("a<!-->b<!--->c", "p:abc")]
    public void Comments_Of_VanishButForNotes(string text, string expected) => Assert.That(Read(text), Is.EqualTo(expected));
}
