namespace LatentConformance.Torch;

/// <summary>What each stage of a residual quantizer finds left over, the code that it takes, and its index. Codes are constants.</summary>
internal static class Residuals
{
    public static (Tensor Left, Tensor Code, Tensor Indices)[] Of(Tensor z, Tensor[] codebooks)
    {
        var stages = new (Tensor Left, Tensor Code, Tensor Indices)[codebooks.Length];
        var left = z;
        for (var q = 0; q < stages.Length; q++)
        {
            var (code, indices) = NearestCode.Of(left, codebooks[q].detach());
            stages[q] = (left, code, indices);
            left = left - code;
        }

        return stages;
    }

    /// <summary>Σ of the codes, and the index of each stage in a column of its own.</summary>
    public static (Tensor Sum, Tensor Indices) Joined((Tensor Left, Tensor Code, Tensor Indices)[] stages) =>
        (stages.Select(s => s.Code).Aggregate((sum, code) => sum + code), stack(stages.Select(s => s.Indices), dim: -1));
}
