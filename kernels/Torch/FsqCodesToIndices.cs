namespace LatentConformance.Torch;

// Σ (code·w + w)·basis, w = L div 2, basis = [1, L0, L0·L1, …]: made whole before they are weighed, since an index in float32 rounds
// from 2^24 on.
public static class FsqCodesToIndices
{
    [Kernel("fsq_codes_to_indices")]
    public static Tensor Forward(Tensor codes, Tensor levels)
    {
        FsqBound.RefuseUnlessLevelsFit(codes.shape[1], levels);
        var width = FsqBound.Width(levels);
        return (((codes * width) + width).round().to(int64) * FsqBound.Basis(levels)).sum(-1);
    }
}
