namespace LatentConformance.Torch;

// (x − μ) / √(σ² + ε) · γ + β, μ and the biased σ² over the rows, columns and C / groups channels of a group, γ and β a channel.
public static class GroupNorm
{
    [Kernel("group_norm")]
    public static Tensor Forward(Tensor x, Tensor gamma, Tensor beta, long groups, double epsilon)
    {
        Refuse.UnlessPositive("groups", groups);
        Refuse.UnlessFiniteAndNotNegative("epsilon", epsilon);
        var shape = x.shape;
        if (shape[1] % groups != 0 || shape[1] != gamma.shape[0] || shape[1] != beta.shape[0])
        {
            throw new RefusalException(
                $"{shape[1]} channels, {groups} groups, {gamma.shape[0]} gammas and {beta.shape[0]} betas do not fit");
        }

        if (shape[1] * shape[2] * shape[3] == 0)
        {
            throw new RefusalException("a group of nothing has no mean");
        }

        return F.group_norm(x, groups, gamma, beta, epsilon);
    }
}
