using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Running;
using LatentConformance.Conformance.Spec;
using LatentConformance.Conformance.Vectors;
using LatentConformance.Contract;
using LatentConformance.Mistakes;
using LatentConformance.Reference;

namespace LatentConformance.Tests;

/// <summary>The repository that the tests were built from, and what it holds, read once.</summary>
internal static class Checkout
{
    private static readonly Lazy<SpecBook> LazyBook = new(() => SpecBook.Read(Pages(), Catalogue.Standard));
    private static readonly Lazy<IReadOnlyDictionary<string, Golden>> LazyGoldens = new(() =>
        Catalogue.Standard.Operations.ToDictionary(o => o.Name, o => GoldenReader.Read(File.ReadAllText(GoldenPath(o)), GoldenPath(o), o)));

    private static readonly Lazy<Report> LazyVerdict = new(() => new Verification(Grounds()).Run(Reference!, new Selection(), seed: 1));

    public static string Root { get; } = FindRoot();

    /// <summary>On the reference, all of it, under seed 1: reached once.</summary>
    public static Report Verdict => LazyVerdict.Value;

    public static SpecBook Book => LazyBook.Value;

    public static IReadOnlyDictionary<string, Golden> Goldens => LazyGoldens.Value;

    public static Oracle Oracle { get; } = new((conventions, choice) => new ReferenceKernels(conventions, choice));

    public static InProcess Reference { get; } = new(new ReferenceKernels());

    public static GoldenMaker Maker { get; } = new(Oracle, new InputsFile(Catalogue.Standard, Inputs), "0.1");

    public static Grounds Grounds(SpecBook? book = null, IReadOnlyDictionary<string, Golden>? goldens = null) =>
        new(Catalogue.Standard, Oracle, book ?? Book, goldens ?? Goldens, KnownMistakes.All, "0.1");

    public static string GoldenPath(Operation operation) => Path.Combine(Root, "goldens", $"{operation.Name}.verified.json");

    public static IEnumerable<(string File, string Text)> Pages() =>
        Directory.GetFiles(Path.Combine(Root, "spec"), "*.md").Select(f => ($"spec/{Path.GetFileName(f)}", File.ReadAllText(f)));

    private static (string File, string Text)? Inputs(string stem)
    {
        var path = Path.Combine(Root, "goldens", $"{stem}.inputs");
        return File.Exists(path) ? ($"goldens/{stem}.inputs", File.ReadAllText(path)) : null;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LatentConformance.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the tests run inside a checkout");
    }
}
