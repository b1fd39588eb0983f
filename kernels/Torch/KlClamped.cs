namespace LatentConformance.Torch;

// The KL to the standard normal with the log-variance clamped to [low, high] before its exponential can overflow; outside nothing
// pulls at it.
public static class KlClamped
{
    [Kernel("kl_clamped")]
    public static Tensor Forward(Tensor mu, Tensor logvar, double low, double high)
    {
        if (!(low < high))
        {
            throw new RefusalException($"the clamp is [{low}, {high}]; its low end is below its high end");
        }

        return KlStandard.Forward(mu, logvar.clamp(low, high));
    }
}
