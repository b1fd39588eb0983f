using System.CommandLine;
using LatentConformance.Conformance.Wire;

namespace LatentConformance.Cli;

/// <summary>latent verify --smoke: does an adapter speak the protocol at all?</summary>
internal static class SmokeCommand
{
    public static int Run(CommonOptions common, TargetOptions target, ParseResult parsed)
    {
        var grounds = Wiring.Grounds(common.Shelf(parsed));
        using var foreign = target.Start(parsed);
        var manners = Smoke.Run(foreign, grounds.Catalogue, grounds.Goldens).ToArray();
        Terminal.Results(string.Concat(manners.Select(m => $"{(m.Held ? "ok  " : "FAIL")} {m.What}{(m.Why is null ? "" : $": {m.Why}")}\n")), parsed.GetValue(common.Output));
        return manners.All(m => m.Held) ? ExitCodes.Holds : ExitCodes.DoesNotHold;
    }
}
