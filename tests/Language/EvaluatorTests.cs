using LatentConformance.Conformance;
using LatentConformance.Conformance.Language;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Language;

public class EvaluatorTests
{
    [TestCase("1 + 2 * 3", 7)]
    [TestCase("-2^2", -4)]
    [TestCase("2^-1", 0.5)]
    [TestCase("2^3^2", 512)]
    [TestCase("10 - 4 - 3", 3)]
    [TestCase("log(exp(2))", 2)]
    [TestCase("sum([1, 2, 3])", 6)]
    [TestCase("sum([[1, 2], [3, 4]], 0)[1]", 6)]
    [TestCase("sum([[1, 2], [3, 4]], -1)[1]", 7)]
    [TestCase("mean([1, 2, 6])", 3)]
    [TestCase("prod([256, 256, 3])", 196608)]
    [TestCase("max([1, 5, 2])", 5)]
    [TestCase("max(2, [1, 3])[0]", 2)]
    [TestCase("count_distinct([1, 2, 2, 1])", 2)]
    [TestCase("count_rows([[1, 2], [1, 2], [2, 1]])", 2)]
    [TestCase("count_rows([[0, 1], [-0, 1], [0 * -1, 1]])", 1)]
    [TestCase("take([[1, 2], [3, 4]], [1, 0])[0][1]", 4)]
    [TestCase("permute([[1, 2, 3], [4, 5, 6]], [1, 0])[2][1]", 6)]
    [TestCase("reshape(range(6), 2, 3)[1][0]", 3)]
    [TestCase("matmul([[1, 2]], [[3], [4]])[0][0]", 11)]
    [TestCase("outer_sum([1, 2], [10, 20])[1][0]", 12)]
    [TestCase("concat([1, 2], [3])[2]", 3)]
    [TestCase("linspace(0, 1, 5)[1]", 0.25)]
    [TestCase("median([5, 1, 9])", 5)]
    [TestCase("size(zeros(3, 4))", 12)]
    [TestCase("round(2.5)", 2)]
    [TestCase("(range(3) + [[10], [20]])[1][2]", 22)]
    public void Evaluate_Table(string text, double expected) => Assert.That(Number(text), Is.EqualTo(expected).Within(4).Ulps);

    [TestCase("[1, 2] + [1, 2, 3]", "do not go together")]
    [TestCase("[[1, 2], [3]]", "one shape")]
    [TestCase("unknown + 1", "no name 'unknown'")]
    [TestCase("reshape(range(6), 4, 2)", "do not fill")]
    [TestCase("take([1, 2], [2])", "not in [0, 2)")]
    [TestCase("normal(100000, 100000)", "elements are the most")]
    [TestCase("zeros(2.5)", "not a whole number")]
    [TestCase("zeros(-1)", "elements are the most")]
    [TestCase("[1, 2][2]", "does not fit")]
    [TestCase("[1].kl", "only the answer of an operation")]
    [TestCase("permute([[1]], [0, 0])", "each once")]
    [TestCase("max([])", "nothing has no largest")]
    [TestCase("[zeros(1000000), zeros(1000000)]", "elements are the most")]
    [TestCase("vq_assign(z: zeros(1000, 100), codebook: zeros(1000, 100))", "too much for a claim")]
    public void Evaluate_WhatDoesNotFit_IsRefusedInOneLine(string text, string message) =>
        Assert.That(Assert.Throws<SpecError>(() => Number(text))!.Message, Does.Contain(message));

    [Test]
    public void Evaluate_AWideFor_IsRefused() =>
        Assert.Throws<SpecError>(() => CheckRunner.Run(
            Parser.ParseCheck("for a in 1..1000, b in 1..1000: a = a", new Position("t", 1, 1), Catalogue.Standard),
            new Evaluator(Catalogue.Standard, null!, new Draws("t"))));

    [Test]
    public void Evaluate_Slack_TravelsThroughArithmetic()
    {
        var evaluator = new Evaluator(Catalogue.Standard, null!, new Draws("t"));
        evaluator.Bind("x", new Quantity([], [2], [0.5]));
        Assert.Multiple(() =>
        {
            Assert.That(Slack("x + x"), Is.EqualTo(1));
            Assert.That(Slack("3 * x"), Is.EqualTo(1.5));
            Assert.That(Slack("x^2"), Is.EqualTo(2));
            Assert.That(Slack("1 / x"), Is.EqualTo(0.125).Within(1e-12));
            Assert.That(Slack("log(x)"), Is.EqualTo(0.25).Within(1e-12));
            Assert.That(Slack("sum([x, x, x])"), Is.EqualTo(1.5));
        });

        double Slack(string text) => evaluator.Number(Parser.ParseLet("y = " + text, new Position("t", 1, 1), Catalogue.Standard).Value).Slack[0];
    }

    private static double Number(string text)
    {
        var let = Parser.ParseLet("y = " + text, new Position("t", 1, 1), Catalogue.Standard);
        return new Evaluator(Catalogue.Standard, null!, new Draws("t")).Number(let.Value).Values[0];
    }
}
