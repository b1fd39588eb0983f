namespace LatentConformance.Torch;

// The same for a map of indices: the dimensions of a code become its channels.
public static class FsqIndicesToCodesMap
{
    [Kernel("fsq_indices_to_codes_map")]
    public static Tensor Forward(Tensor indices, Tensor levels) => FsqIndicesToCodes.Forward(indices, levels).permute(0, 3, 1, 2);
}
