using System.Text.RegularExpressions;
using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Contract;

[TestFixture]
public sealed partial class CatalogueTests
{
    private static IEnumerable<Operation> All => Catalogue.Standard.Operations;

    private static IEnumerable<Operation> Gradients => All.Where(o => o.Name.EndsWith(Operation.GradientSuffix, StringComparison.Ordinal));

    private static IEnumerable<Operation> Forwards => All.Except(Gradients);

    [TestCaseSource(nameof(All))]
    public void Operation_ItsNames_AreSnakeCaseAndUnique(Operation operation)
    {
        string[] names = [operation.Name.Replace(Operation.GradientSuffix, "", StringComparison.Ordinal), .. operation.Inputs.Concat(operation.Outputs).Select(f => f.Name)];

        Assert.That(names, Is.All.Matches<string>(n => SnakeCase().IsMatch(n)));
        Assert.That(operation.Inputs.Select(f => f.Name), Is.Unique);
        Assert.That(operation.Outputs.Select(f => f.Name), Is.Unique);
    }

    [TestCaseSource(nameof(All))]
    public void Operation_OfTheCatalogue_IsOfferedByTheReference(Operation operation) =>
        Assert.That(operation.IsOfferedBy(new ReferenceKernels()));

    /// <summary>A gradient is there exactly where something continuous goes in and something continuous comes out, but for
    /// the running statistics of a codebook and the rows drawn for it, which are detached.</summary>
    [TestCaseSource(nameof(Forwards))]
    public void Operation_FloatsInAndFloatsOut_HasAGradient(Operation operation) =>
        Assert.That(operation.Gradient is not null, Is.EqualTo(
            operation.Inputs.Any(IsFloat) && operation.Outputs.Any(IsFloat) && operation.Family != nameof(ICodebookLearning)[1..] && operation.Family != nameof(ICodebookRevival)[1..]));

    /// <summary>The forward's inputs, then a cotangent for some of its float outputs, of the same axes.</summary>
    [TestCaseSource(nameof(Gradients))]
    public void Gradient_ItsInputs_AreTheForwardsAndCotangents(Operation gradient)
    {
        var forward = gradient.Forward!;
        var cotangents = gradient.Inputs.Skip(forward.Inputs.Count).Select(f => f.ToString()).ToArray();

        Assert.That(gradient.Name, Is.EqualTo(forward.Name + Operation.GradientSuffix));
        Assert.That(gradient.Inputs.Take(forward.Inputs.Count).Select(f => f.ToString()), Is.EqualTo(forward.Inputs.Select(f => f.ToString())));
        Assert.That(cotangents, Is.Not.Empty.And.SubsetOf(forward.Outputs.Where(IsFloat).Select(f => $"d_{f}")));
    }

    /// <summary>One output for a float input, named after it, of its axes, in its order.</summary>
    [TestCaseSource(nameof(Gradients))]
    public void Gradient_ItsOutputs_BelongToFloatInputs(Operation gradient)
    {
        var possible = gradient.Forward!.Inputs.Where(IsFloat).Select(f => $"d_{f}").ToArray();
        var outputs = gradient.Outputs.Select(f => f.ToString()).ToArray();

        Assert.That(outputs, Is.Not.Empty.And.SubsetOf(possible));
        Assert.That(outputs, Is.EqualTo(possible.Where(outputs.Contains)));
    }

    [TestCaseSource(nameof(Gradients))]
    public void Gradient_ItsConventions_IncludeTheForwards(Operation gradient) =>
        Assert.That(gradient.Forward!.Honours, Is.SubsetOf(gradient.Honours));

    [TestCaseSource(nameof(All))]
    public void Operation_TheConventionsItHonours_AreKnown(Operation operation) =>
        Assert.That(operation.Honours, Is.SubsetOf(Conventions.Known.Keys));

    [Test]
    public void Find_AnUnknownName_IsNothing() => Assert.That(Catalogue.Standard.Find("kl_divergence"), Is.Null);

    private static bool IsFloat(Field field) => field.Kind == FieldKind.Float;

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex SnakeCase();
}
