using System.Reflection;
using System.Reflection.Emit;
using LatentConformance.Contract;
using LatentConformance.Gate;
using LatentConformance.Gate.Deciding;
using LatentConformance.Gate.Kernels;
using LatentConformance.Gate.Workloads;
using NUnit.Framework;

namespace LatentConformance.Tests.Gate;

/// <summary>A library whose kernels work on a device: what its [Synchronize] does when it goes wrong.</summary>
public class HookTests
{
    private string folder = "";

    [SetUp]
    public void MakeAFolder() => folder = Directory.CreateTempSubdirectory("latent-").FullName;

    [TearDown]
    public void Forget() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Hook_ThatTakesSomething_IsRefused() =>
        Assert.That(() => KernelSource.OfPath(Library(typeof(int))).Open(), Throws.TypeOf<GateException>().With.Message.EqualTo(
            $"{Path.Combine(folder, "Device.dll")}: Kernels.Finish has [Synchronize]; expected a static method that takes nothing and returns nothing"));

    /// <summary>The kernel itself returns at once and says nothing.</summary>
    [Test]
    public void Hook_ThatThrows_MakesTheKernelWrong()
    {
        var source = KernelSource.OfPath(Library());
        var grounds = Checkout.Grounds();
        var settings = new GateSettings(
            source,
            source,
            ["kl_standard"],
            Thresholds.Read("", "thresholds", 1.10, ["kl_standard"]),
            TimeSpan.FromSeconds(10),
            new Dictionary<string, double>(),
            () => TimeSpan.Zero);
        var verdict = new GateRun(grounds, new WorkloadBook(Catalogue.Standard, Checkout.Oracle, grounds.Goldens, null), settings).Run(default).Operations.Single();
        Assert.That((verdict.Verdict, verdict.Pairs), Is.EqualTo((Verdict.Wrong, 0)));
        Assert.That(verdict.Why, Does.Contain("IOException: the device was lost"));
    }

    /// <summary>A kernel of kl_standard that does nothing, and a hook that throws.</summary>
    private string Library(params Type[] taken)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Device"), typeof(object).Assembly);
        var type = assembly.DefineDynamicModule("Device").DefineType("Kernels", TypeAttributes.Public);
        var kernel = type.DefineMethod("Forward", MethodAttributes.Public | MethodAttributes.Static, typeof(void), [typeof(ReadOnlySpan<float>), typeof(ReadOnlySpan<float>), typeof(Span<float>)]);
        foreach (var (name, place) in new[] { ("mu", 1), ("logvar", 2), ("kl", 3) })
        {
            kernel.DefineParameter(place, ParameterAttributes.None, name);
        }

        kernel.SetCustomAttribute(new CustomAttributeBuilder(typeof(KernelAttribute).GetConstructor([typeof(string)])!, ["kl_standard"]));
        kernel.GetILGenerator().Emit(OpCodes.Ret);

        var hook = type.DefineMethod("Finish", MethodAttributes.Public | MethodAttributes.Static, typeof(void), taken);
        hook.SetCustomAttribute(new CustomAttributeBuilder(typeof(SynchronizeAttribute).GetConstructor([])!, []));
        var body = hook.GetILGenerator();
        body.Emit(OpCodes.Ldstr, "the device was lost");
        body.Emit(OpCodes.Newobj, typeof(IOException).GetConstructor([typeof(string)])!);
        body.Emit(OpCodes.Throw);
        type.CreateType();
        var path = Path.Combine(folder, "Device.dll");
        assembly.Save(path);
        return path;
    }
}
