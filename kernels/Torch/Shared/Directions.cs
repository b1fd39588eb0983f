namespace LatentConformance.Torch;

/// <summary>x / max(‖x‖, ε), and the length alone. Of an ε of zero a vector of zeros is NaN.</summary>
internal static class Directions
{
    public static Tensor Of(Tensor vectors, double epsilon) => vectors / Length(vectors).clamp_min(epsilon);

    public static Tensor Length(Tensor vectors) => vectors.norm(-1, keepdim: true);
}
