using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;
using LatentConformance.Contract;
using LatentConformance.Gate;
using LatentConformance.Gate.Kernels;
using NUnit.Framework;

namespace LatentConformance.Tests.Gate;

/// <summary>Kernels are found and called by names; what cannot be is said in a line that names both sides.</summary>
public class KernelTests
{
    private static readonly string Library = Path.Combine(AppContext.BaseDirectory, "LatentConformance.Tests.dll");

    [TestCase("MisnamedKernels", "kl_standard", "the parameter 'ReadOnlySpan<float> means' of MisnamedKernels.Forward stands for nothing in kl_standard; expected ReadOnlySpan<float> mu, ReadOnlySpan<float> logvar, Span<float> kl, int B, int D")]
    [TestCase("MistypedKernels", "vq_assign", "the parameter 'Span<int> indices' of MistypedKernels.Assign stands for nothing in vq_assign; expected ReadOnlySpan<float> z, ReadOnlySpan<float> codebook, Span<long> indices, int N, int D, int K")]
    [TestCase("SilentKernels", "kl_standard", "SilentKernels.Forward writes no output of kl_standard; expected a Span for kl")]
    [TestCase("UnknownKernels", "kl_standard", "no such operation (did you mean 'kl_standard'?)")]
    [TestCase("PlainKernelz", "kl_standard", "LatentConformance.Tests.dll has no class 'PlainKernelz' (did you mean 'PlainKernels'?)")]
    public void Find_WhatCannotBeCalled_IsOneLine(string name, string operation, string message) =>
        Assert.That(() => Find(name, operation), Throws.TypeOf<GateException>().With.Message.Contains(message).And.Message.Not.Contain("\n"));

    [Test]
    public void Open_TwoClassesWithOneOperation_AsksWhich() =>
        Assert.That(() => KernelSource.OfPath(Library).Open(), Throws.TypeOf<GateException>().With.Message.Contains("say which class, as My.dll:"));

    [Test]
    public void Open_Twice_LoadsTwice()
    {
        using var first = KernelSource.OfPath($"{Library}:PlainKernels").Open();
        using var second = KernelSource.OfPath($"{Library}:PlainKernels").Open();
        Assert.That(first.Kernels, Is.EquivalentTo(new[] { "kl_standard", "usage_counts", "vq_loss" }));
        Assert.That(first.Find(Catalogue.Standard.Find("kl_standard")!), Is.Not.SameAs(second.Find(Catalogue.Standard.Find("kl_standard")!)));
    }

    [Test]
    public void Open_ADebugBuild_IsRefused()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("latent-").FullName, "Slow.dll");
        var unoptimised = new CustomAttributeBuilder(
            typeof(DebuggableAttribute).GetConstructor([typeof(DebuggableAttribute.DebuggingModes)])!,
            [DebuggableAttribute.DebuggingModes.Default | DebuggableAttribute.DebuggingModes.DisableOptimizations]);
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Slow"), typeof(object).Assembly, [unoptimised]);
        assembly.DefineDynamicModule("Slow").DefineType("Kernels").CreateType();
        assembly.Save(path);
        Assert.That(() => KernelSource.OfPath(path).Open(), Throws.TypeOf<GateException>().With.Message.Contains("Slow.dll is a debug build").And.Message.Contains("-c Release"));
    }

    private static void Find(string name, string operation)
    {
        using var set = KernelSource.OfPath($"{Library}:{name}").Open();
        set.Find(Catalogue.Standard.Find(operation)!);
    }
}
