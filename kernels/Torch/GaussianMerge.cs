namespace LatentConformance.Torch;

// The product of two Gaussians: precisions add, and weigh the means. The weights are sigmoids of the difference of the log-variances
// and the sum is taken in logarithms, so that no precision overflows. Of the two weights the one below a half is used: autograd takes
// s (1 − s) for the slope, in which the other would lose its digits.
public static class GaussianMerge
{
    [Kernel("gaussian_merge")]
    public static (Tensor Mu, Tensor Logvar) Forward(Tensor muA, Tensor logvarA, Tensor muB, Tensor logvarB)
    {
        Shapes.RefuseUnlessSame(muA, logvarA, muB, logvarB);
        var apart = logvarA - logvarB;
        var isAWider = apart > 0;
        var less = sigmoid(where(isAWider, -apart, apart));
        var mu = where(isAWider, muB, muA) + (less * where(isAWider, muA - muB, muB - muA));
        return (mu, -logaddexp(-logvarA, -logvarB));
    }
}
