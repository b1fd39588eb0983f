using LatentConformance.Compare;
using LatentConformance.Torch;
using NUnit.Framework;

namespace LatentConformance.Tests.Compare;

public class CommandTests
{
    [TestCase("--op nope", "no operation 'nope'; --list shows what is compared")]
    [TestCase("--op psnr", "no case compares psnr; --list shows those that are")]
    [TestCase("--rounds none", "--rounds takes a whole number above 0, not 'none'")]
    [TestCase("--rounds", "--rounds takes a value, and there is none; --help shows all options")]
    [TestCase("--case nowhere", "no case's title holds 'nowhere'; --list shows them")]
    [TestCase("--device", "--device takes a value, and there is none; --help shows all options")]
    [TestCase("--device gpu", "no device 'gpu'; expected cpu, cuda or cuda:0")]
    [TestCase("--device cuda:one", "no device 'cuda:one'; expected cpu, cuda or cuda:0")]
    [TestCase("--scaling --device cpu", "--scaling is of the fast kernels on the host; leave out --device")]
    [TestCase("--fast", "no option '--fast'; --help shows all options")]
    public void Run_WrongUse_Exits2WithOneLine(string arguments, string expected) =>
        Assert.That(Run(arguments), Is.EqualTo((2, expected + Environment.NewLine)));

    [Test]
    public void Run_WithoutPython_Exits3AndSaysWhatBringsIt()
    {
        var (exit, error) = Run("--op kl_standard");
        Assert.That(exit, Is.EqualTo(3));
        Assert.That(error, Does.StartWith("there is no program /nowhere/python3").And.Contains("LATENT_PYTHON"));
        Assert.That(error.Trim(), Does.Not.Contain("\n"));
    }

    [TestCase("cpu")]
    [TestCase("cuda:1")]
    public void Run_OnADeviceInABuildWithoutTorch_Exits3AndNamesTheProperty(string device)
    {
        if (TorchLeg.IsBuilt)
        {
            Assert.Ignore("this build has it");
        }

        var (exit, error) = Run($"--device {device} --op kl_standard");
        Assert.That(exit, Is.EqualTo(3));
        Assert.That(error, Does.StartWith($"no torch on {device} in float32: this build has no TorchSharp").And.Contains("-p:Torch=cpu"));
        Assert.That(error.Trim(), Does.Not.Contain("\n"));
    }

    [TestCase("--list", 0)]
    [TestCase("--list --device cuda", 0)]
    [TestCase("--help", 0)]
    public void Run_Asked_Answers(string arguments, int expected) => Assert.That(Run(arguments).Exit, Is.EqualTo(expected));

    private static (int Exit, string Error) Run(string arguments)
    {
        using var error = new StringWriter();
        return (Command.Run(arguments.Split(' '), "/nowhere/python3", TextWriter.Null, error), error.ToString());
    }
}
