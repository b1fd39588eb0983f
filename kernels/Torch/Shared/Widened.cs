namespace LatentConformance.Torch;

/// <summary>bfloat16 and float16 as float32, where a choice or a long sum would hang on the digits that they lack.</summary>
internal static class Widened
{
    public static Tensor Of(Tensor narrow) => narrow.dtype is ScalarType.BFloat16 or ScalarType.Float16 ? narrow.to(float32) : narrow;
}
