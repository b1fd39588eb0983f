using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Running;
using LatentConformance.Conformance.Vectors;
using LatentConformance.Contract;
using LatentConformance.Mistakes;
using LatentConformance.Reference;

namespace LatentConformance.Cli;

/// <summary>The one place where the engine meets the reference and the mistakes.</summary>
internal static class Wiring
{
    public static Oracle Oracle { get; } = new((conventions, choice) => new ReferenceKernels(conventions, choice));

    public static Grounds Grounds(Shelf shelf)
    {
        var catalogue = Catalogue.Standard;
        return new Grounds(catalogue, Oracle, shelf.Book(catalogue), shelf.Goldens(catalogue), KnownMistakes.All, Shelf.SpecVersion);
    }

    public static GoldenMaker GoldenMaker(Shelf shelf) => new(Oracle, shelf.Inputs(Catalogue.Standard), Shelf.SpecVersion);
}
