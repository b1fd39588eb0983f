using System.Reflection;
using LatentConformance.Conformance.Running;
using LatentConformance.Contract;
using LatentConformance.Mistakes;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Packages;

/// <summary>What a package promises to those who build on it: a change is a diff that a reviewer sees.</summary>
public class PublicApiTests
{
    /// <summary>One package, and the assemblies that travel in it; the names are those of its folder in artifacts.</summary>
    private static readonly TestCaseData[] Packages =
    [
        new TestCaseData("LatentConformance", new[] { typeof(Tensor), typeof(Verification), typeof(ReferenceKernels), typeof(KnownMistakes) }).SetArgDisplayNames("LatentConformance"),
        new TestCaseData("LatentConformance.NUnit", Type.EmptyTypes).SetArgDisplayNames("LatentConformance.NUnit"),
    ];

    [TestCaseSource(nameof(Packages))]
    public void Package_OffersWhatItsGoldenSays(string package, Type[] parts)
    {
        var assemblies = parts.Select(p => p.Assembly).Prepend(Assembly.LoadFrom(Built(package)));
        TextGolden.Holds($"api/{package}.txt", string.Join('\n', assemblies.Select(PublicApi.Of)));
    }

    /// <summary>Beside the folder of the tests: artifacts/bin/NAME/debug/NAME.dll.</summary>
    private static string Built(string package)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/', '\\'));
        return Path.Combine(configuration.Parent!.Parent!.FullName, package, configuration.Name, $"{package}.dll");
    }

    public abstract class Sample(int size)
    {
        public const int Limit = 3;

        public int Size { get; protected init; } = size;

        protected abstract void Fill(params double[] values);

        public static bool TryRead<T>(string text, out T? value, bool strict = true)
            where T : struct
        {
            value = null;
            return strict && text.Length > 0;
        }

        internal void Hidden() => Size.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    [Test]
    public void Api_OfASample_IsALineAMember()
    {
        var api = PublicApi.Of(typeof(Sample).Assembly);
        var from = api.IndexOf("abstract class LatentConformance.Tests.Packages.PublicApiTests.Sample", StringComparison.Ordinal);
        Assert.That(api[from..].Split("\n\n")[0].TrimEnd('\n').Split('\n').Skip(1).Select(l => l.Trim()), Is.EqualTo(
        [
            "Int32 Size { get; init; }",
            "abstract Void Fill(params Double[] values)",
            "const Int32 Limit",
            "new(Int32 size)",
            "static Boolean TryRead<T>(String text, out T? value, Boolean strict = true)",
        ]));
    }
}
