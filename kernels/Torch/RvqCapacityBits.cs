namespace LatentConformance.Torch;

// log2 K^Q = Q log2 K: K^Q itself passes any number soon.
public static class RvqCapacityBits
{
    [Kernel("rvq_capacity_bits")]
    public static Tensor Forward(long codebookSize, long stages)
    {
        Refuse.UnlessSize(codebookSize);
        QuantizerDropoutStages.RefuseUnlessStages(stages);
        return tensor(stages * Math.Log2(codebookSize));
    }
}
