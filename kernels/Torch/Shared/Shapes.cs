namespace LatentConformance.Torch;

// Shapes that do not fit are refused: broadcast, they would answer another question.
internal static class Shapes
{
    public static void RefuseUnlessSame(Tensor first, params ReadOnlySpan<Tensor> others)
    {
        var shape = first.shape;
        foreach (var other in others)
        {
            if (!shape.AsSpan().SequenceEqual(other.shape))
            {
                throw new RefusalException($"shapes differ: {Show(first)} and {Show(other)}");
            }
        }
    }

    public static string Show(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";
}
