namespace LatentConformance.Torch;

// sg(softmax(log_weights)): they weigh a loss and learn nothing themselves.
public static class IwaeWeights
{
    [Kernel("iwae_weights")]
    [Detached("log_weights")]
    public static Tensor Forward(Tensor logWeights)
    {
        Refuse.UnlessPositive("the number of weights a sample", logWeights.size(1));
        return logWeights.detach().softmax(-1);
    }
}
