namespace LatentConformance.Compare;

/// <summary>Measures one case: ours, every peer that can answer it, and the machine's limits.</summary>
internal sealed class Comparison(IKernels kernels, PeerProcess peers, int rounds, int threads)
{
    public Measured Run(Case asked)
    {
        var inputs = Inputs.Draw(asked);
        var loaded = peers.Load(asked, inputs);
        var contestants = loaded.Where(p => p.Fits).Select(p => Contestant.There(p.Name, p.Kind, peers)).ToList();
        using var bound = kernels.Bind(asked, inputs);
        Agreement? agreement = null;
        if (bound is not null)
        {
            if (SmallCheck.Fault(kernels, asked) is { } fault)
            {
                return new Measured(asked, [], new Agreement(fault, false));
            }

            var peer = contestants.FirstOrDefault(c => c.Kind == Kind.Peer)?.Name;
            agreement = Agreement.Of(asked, inputs, bound.Answer(), who => peers.Answer(asked, who), peer);
            contestants.Insert(0, Contestant.Here("ours", Kind.Ours, bound.Call, peers, bound.Clock));
        }

        using var bandwidth = asked.Bars.Contains(Bar.SeventyPercent) ? new Bandwidth(asked.BytesRead + asked.BytesWritten, asked.Copies, threads) : null;
        if (bandwidth is not null)
        {
            contestants.Add(asked.Copies
                ? Contestant.Here("C# copy", Kind.Copy, bandwidth.Copy, peers)
                : Contestant.Here("C# read", Kind.Read, bandwidth.Read, peers));
        }

        var measured = Contest.Run(contestants, rounds);
        return new Measured(
            asked,
            [.. contestants.Select(c => new Entry(c.Name, c.Kind, measured[c.Name])), .. loaded.Where(p => !p.Fits).Select(p => new Entry(p.Name, p.Kind, []))],
            agreement);
    }
}
