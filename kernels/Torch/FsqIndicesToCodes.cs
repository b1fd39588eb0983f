namespace LatentConformance.Torch;

// (digit − w) / w, digit = index div basis mod L, w = L div 2. Indices of any shape: the dimensions of a code come last. Whole
// numbers have no dtype to go by, so codes are of the default one.
public static class FsqIndicesToCodes
{
    [Kernel("fsq_indices_to_codes")]
    public static Tensor Forward(Tensor indices, Tensor levels)
    {
        FsqBound.RefuseUnlessLevelsFit(levels.shape[0], levels);
        var width = FsqBound.Width(levels);
        var digits = indices.unsqueeze(-1).div(FsqBound.Basis(levels), RoundingMode.floor).remainder(levels);
        return (digits - width).to(get_default_dtype()) / width;
    }
}
