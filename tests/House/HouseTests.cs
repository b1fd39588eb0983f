using System.Text.RegularExpressions;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.House;

/// <summary>The architecture, held by tests: what may know what.</summary>
public class HouseTests
{
    [Test]
    public void Engine_NoFile_NamesAnOperation()
    {
        var names = new Regex($@"(?<![\w.])({string.Join('|', Catalogue.Standard.Operations.Select(o => Regex.Escape(o.Name)).OrderByDescending(n => n.Length))})(?!\w)");
        var offenders = Directory.GetFiles(Path.Combine(Checkout.Root, "conformance"), "*.cs", SearchOption.AllDirectories)
            .Select(f => (File: Path.GetRelativePath(Checkout.Root, f), Match: names.Match(File.ReadAllText(f))))
            .Where(f => f.Match.Success)
            .Select(f => $"{f.File} names {f.Match.Value}");
        Assert.That(offenders, Is.Empty);
    }

    [TestCase("kernels/Contract", "")]
    [TestCase("kernels/Reference", "Contract")]
    [TestCase("kernels/Simd", "Contract")]
    [TestCase("kernels/Torch", "Contract")]
    [TestCase("kernels/Mistakes", "Contract Reference")]
    [TestCase("benchmarks/Compare", "Contract Gate Reference Simd Torch")]
    [TestCase("conformance", "Contract")]
    [TestCase("lessons", "Conformance Contract")]
    [TestCase("gate", "Conformance Contract")]
    [TestCase("cli", "Conformance Contract Gate LatentConformance Lessons Mistakes Reference Simd Torch")]
    public void Project_References_PointOneWay(string folder, string expected)
    {
        var project = Directory.GetFiles(Path.Combine(Checkout.Root, folder), "*.csproj").Single();
        var references = Regex.Matches(File.ReadAllText(project), "ProjectReference Include=\"[^\"]*/(\\w+)\\.csproj\"").Select(m => m.Groups[1].Value).Order();
        Assert.That(string.Join(' ', references), Is.EqualTo(expected));
    }

    /// <summary>No operation without a page that says what it is for; gradients are on the pages of their operations.</summary>
    [Test]
    public void Operations_All_AreCalledByAClaim()
    {
        var called = Checkout.Book.Claims.SelectMany(c => c.Operations).ToHashSet();
        Assert.That(Catalogue.Standard.Operations.Where(o => o.Forward is null).Select(o => o.Name).Where(o => !called.Contains(o)), Is.Empty);
    }

    [Test]
    public void SourceFiles_Over400Lines_AreNone()
    {
        var long400 = Directory.GetFiles(Checkout.Root, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}artifacts{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(f => File.ReadLines(f).Count() > 400)
            .Select(f => Path.GetRelativePath(Checkout.Root, f));
        Assert.That(long400, Is.Empty);
    }

    [Test]
    public void LockFiles_HoldNoHostNames()
    {
        var locks = Directory.GetFiles(Checkout.Root, "packages.lock.json", SearchOption.AllDirectories);
        Assert.That(locks.Where(f => File.ReadAllText(f).Contains("://", StringComparison.Ordinal)), Is.Empty);
    }
}
