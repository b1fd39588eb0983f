using LatentConformance.Compare;
using NUnit.Framework;

namespace LatentConformance.Tests.Compare;

public class ReportTests
{
    private static readonly Case Asked = new("vq_assign", "N=2 K=3 D=4", "", 0, Bar.Fastest(1.2), Bar.AsFastAsSgemm);

    private static Entry Of(string name, Kind kind, params double[] ms) => new(name, kind, ms);

    [Test]
    public void Bars_OneMissed_SaysWhich()
    {
        var measured = new Measured(Asked, [Of("ours", Kind.Ours, 10, 10), Of("slow", Kind.Peer, 90, 90), Of("quick", Kind.Peer, 13, 15), Of("sgemm", Kind.Sgemm, 9, 9)], new Agreement("the same", true));
        Assert.That(Report.Bars([measured]).Split('\n')[2..4], Is.EqualTo(new[]
        {
            "| vq_assign N=2 K=3 D=4 | 10.0 ms | quick: 14.0 ms | **1.40** [1.35, 1.45] (1.30..1.50) | 1.30 | 1.2x fastest peer | met |",
            "|  |  | sgemm: 9.00 ms | **0.90** [0.90, 0.90] (0.90..0.90) | 0.90 | sgemm | **NOT met** |",
        }));
        Assert.That(measured.IsMet, Is.False);
    }

    [Test]
    public void Bars_WithoutKernelOrPeer_AreNotMet()
    {
        Assert.That(Report.Bars([new Measured(Asked, [Of("peer", Kind.Peer, 1)], null)]), Does.Contain("| no kernel | peer: 1.00 ms |").And.Contain("**NOT met**"));
        Assert.That(Report.Bars([new Measured(Asked, [Of("ours", Kind.Ours, 1)], null)]), Does.Contain("| nobody here |").And.Not.Contain("| met |"));
    }

    /// <summary>A bar against eager PyTorch is not moved by what a patient user gets out of it.</summary>
    [Test]
    public void Bars_AgainstEager_CountWhatIsWrittenEagerly()
    {
        var measured = new Measured(
            new Case("kl_standard", "B=1 D=1", "", 0, Bar.Eager(5)),
            [Of("ours", Kind.Ours, 1), Of("torch in place", Kind.Peer, 2), Of("torch eager", Kind.Peer, 9)],
            null);
        Assert.That(measured.Outcomes.Single().Against!.Name, Is.EqualTo("torch eager"));
        Assert.That(measured.IsMet, Is.True);
    }

    /// <summary>A peer that needs more memory than there is has lost; a share of a limit is shown, and nothing asked.</summary>
    [Test]
    public void Bars_PeerThatDoesNotFit_AreMetAndSaySo()
    {
        var measured = new Measured(
            Asked.Under(Bar.Against("cdist", 1), Bar.ShareOfSgemm),
            [Of("ours", Kind.Ours, 10, 10), Of("sgemm", Kind.Sgemm, 6, 6), Of("cdist", Kind.Peer)],
            new Agreement("the same", true));
        Assert.That(Report.Bars([measured]).Split('\n')[2..4], Is.EqualTo(new[]
        {
            "| vq_assign N=2 K=3 D=4 | 10.0 ms | cdist: does not fit |  |  | 1.0x cdist | met |",
            "|  |  | sgemm: 6.00 ms | **0.60** [0.60, 0.60] (0.60..0.60) | 0.60 | share of sgemm |  |",
        }));
        Assert.That(Report.Times([measured]), Does.Contain("| cdist | does not fit |"));
        Assert.That(measured.IsMet, Is.True);
    }

    /// <summary>Ours of a gradient goes forward and backward: what does less is no measure of it.</summary>
    [Test]
    public void Bars_AgainstANamedPeer_CountNoOther()
    {
        var measured = new Measured(Asked.Under(Bar.Against("both ways", 0.97)), [Of("ours", Kind.Ours, 10), Of("backward", Kind.Peer, 2), Of("both ways", Kind.Peer, 9.8)], null);
        Assert.That((measured.Outcomes.Single().Against!.Name, measured.IsMet), Is.EqualTo(("both ways", true)));
    }

    [Test]
    public void Measured_QuickButWrong_MeetsNothing()
    {
        var measured = new Measured(Asked, [Of("ours", Kind.Ours, 1), Of("peer", Kind.Peer, 9), Of("sgemm", Kind.Sgemm, 9)], new Agreement("2 beyond", false));
        Assert.That((measured.Outcomes.All(o => o.IsMet), measured.IsMet), Is.EqualTo((true, false)));
        Assert.That(Report.Answers([measured]), Does.Contain("2 beyond **NOT met**"));
    }
}
