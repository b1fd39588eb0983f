using LatentConformance.Contract;

namespace LatentConformance.Compare;

/// <summary>What is typed, and what comes of it.</summary>
internal static class Command
{
    /// <param name="python">The program that has the peers; null for the one of the system.</param>
    public static int Run(string[] arguments, string? python, TextWriter output, TextWriter error)
    {
        try
        {
            var options = Options.Parse(arguments);
            if (options.Helps)
            {
                output.WriteLine(Options.Help);
                return 0;
            }

            if (options.List)
            {
                foreach (var listed in options.Cases)
                {
                    output.WriteLine($"{listed.Title}: {string.Join(", ", listed.Bars.Select(b => b.ToString()))}");
                }

                return 0;
            }

            var device = options.Device is { } named ? new DeviceKernels(named, options.Threads) : null;
            using var peers = new PeerProcess(python is { Length: > 0 } ? python : "/usr/bin/python3", options.Threads, device?.Device, device is { HasEvents: true });
            return new Session(options, device ?? (IKernels)SpanKernels.Simd, peers, output, error).Run(string.Join(' ', ["benchmarks/compare", .. arguments])) ? 0 : 1;
        }
        catch (UsageException wrong)
        {
            error.WriteLine(wrong.Message);
            return 2;
        }
        catch (Exception stopped) when (stopped is CannotRunException or UnavailableException)
        {
            error.WriteLine(stopped.Message);
            return 3;
        }
    }
}
