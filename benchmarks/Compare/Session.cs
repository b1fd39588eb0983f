using System.Text;
using LatentConformance.Simd;

namespace LatentConformance.Compare;

/// <summary>One command from start to end: who is here, every case in turn, the tables.</summary>
internal sealed class Session(Options options, IKernels kernels, PeerProcess peers, TextWriter output, TextWriter error)
{
    private const double SecondThread = 1.8;

    /// <summary>A tenth of two cores is a build server or a browser, and moves the medians.</summary>
    private const double Quiet = 0.1;

    private readonly StringBuilder kept = new();

    public bool Run(string command)
    {
        Workers.Threads = options.Threads;
        if (peers.Versions["faiss"] is null && options.Device is null)
        {
            error.WriteLine("no FAISS for this Python: its column is left out; apt-get install python3-faiss brings it");
        }

        Say($"# Compared on {Machine.Processor}\n\n{Machine.Describe(peers.Versions, kernels.Words, options.Threads, command)}");
        var bystanders = new Bystanders(peers);
        var holds = options.Scaling ? Scale() : Compared();
        Say(Text.Invariant($"Other processes took {bystanders.Share:0 %} of the machine meanwhile{(bystanders.Share > Quiet ? ": too much for these figures to be kept; repeat it when it is quiet" : "")}."));
        if (options.Output is { } file)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            File.WriteAllText(file, kept.ToString());
        }

        return holds;
    }

    private bool Compared()
    {
        var comparison = new Comparison(kernels, peers, options.Rounds, options.Threads);
        var all = new List<Measured>();
        foreach (var asked in options.Cases)
        {
            Progress($"{all.Count + 1} of {options.Cases.Length}: {asked.Title}");
            all.Add(comparison.Run(asked));

            // Gigabytes of inputs a case: the next one should not wait for the collector in the middle of a turn.
            GC.Collect();
        }

        Progress("");
        Say($"## Bars\n\n{Report.Bars(all)}");
        Say($"## Answers\n\n{Report.Answers(all)}");
        Say($"## Times\n\n{Report.Times(all)}");
        Say($"{all.Count(m => m.IsMet)} of {all.Count} cases meet their bars.");
        return all.TrueForAll(m => m.IsMet);
    }

    private bool Scale()
    {
        peers.Pause();
        var scaling = new Scaling(SpanKernels.Simd.Library, options.Rounds);
        Say($"## Growth\n\n{Report.Growths(scaling.Growths())}");
        var gains = scaling.Threads().ToList();
        Workers.Threads = options.Threads;
        var free = gains[0].Gain.Median >= SecondThread;
        Say($"## A second thread\n\n| | times as fast: median [quartiles] (range) | bar {SecondThread} |\n|---|---|---|\n{string.Concat(gains.Select((g, i) => $"| {g.Title} | {Text.Ratio(g.Gain)} | {Verdict(i, g.Gain, free)} |\n"))}");
        return gains.Skip(1).All(g => !free || g.Gain.Median >= SecondThread);
    }

    private static string Verdict(int place, Spread gain, bool free) =>
        place == 0 ? (free ? "two free cores" : "no two free cores")
        : !free ? "cannot be told here"
        : gain.Median >= SecondThread ? Report.Met : $"**{Report.NotMet}**";

    private void Say(string text)
    {
        output.WriteLine(text + "\n");
        kept.Append(text).Append("\n\n");
    }

    /// <summary>On a terminal only.</summary>
    private static void Progress(string text)
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write($"\r\u001b[K{text}");
        }
    }
}
