using System.Globalization;
using System.Runtime.InteropServices;
using NUnit.Framework;

[assembly: Parallelizable(ParallelScope.Fixtures)]

// Many tests wait for a process or for a limit of time to pass: more of them than cores, and no core stands idle.
[assembly: LevelOfParallelism(3)]

namespace LatentConformance.Tests;

/// <summary>One culture for all tests, and the machine named once at the top of the log.</summary>
[SetUpFixture]
public sealed class Setup
{
    [OneTimeSetUp]
    public void NameTheMachine()
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        TestContext.Progress.WriteLine(
            $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores");
    }
}
