namespace LatentConformance.Contract;

/// <summary>The element types that cross the boundary. bfloat16, float16 and tf32 travel as float32, already rounded.</summary>
public enum DType
{
    Float64,
    Float32,
    TensorFloat32,
    BFloat16,
    Float16,
    Int64,
}

public static class DTypes
{
    /// <summary>The floating types, widest first; an implementation declares one of them.</summary>
    public static readonly DType[] Floating =
        [DType.Float64, DType.Float32, DType.TensorFloat32, DType.BFloat16, DType.Float16];

    public static bool IsFloating(this DType dtype) => dtype != DType.Int64;

    public static string WireName(this DType dtype) => dtype switch
    {
        DType.Float64 => "float64",
        DType.Float32 => "float32",
        DType.TensorFloat32 => "tf32",
        DType.BFloat16 => "bfloat16",
        DType.Float16 => "float16",
        _ => "int64",
    };

    public static bool TryParse(string text, out DType dtype)
    {
        foreach (var candidate in Enum.GetValues<DType>())
        {
            if (candidate.WireName() == text)
            {
                dtype = candidate;
                return true;
            }
        }

        dtype = default;
        return false;
    }
}
