namespace LatentConformance.Torch;

// λ R z = q, λ = ‖q‖/‖z‖, R = I − 2 w wᵀ + 2 q̂ ẑᵀ, w along ẑ + q̂; λ and R are constants. Opposite vectors leave nothing of that sum
// but roundings, and a direction made of them would be noise: there w is 0.
public static class RotationTrick
{
    [Kernel("rotation_trick")]
    [Detached("quantized")]
    public static Tensor Forward(Tensor z, Tensor quantized)
    {
        Shapes.RefuseUnlessSame(z, quantized);
        var (vector, code) = (z.detach(), quantized.detach());
        var (along, into) = (Directions.Of(vector, 0), Directions.Of(code, 0));
        var middle = along + into;
        var length = Directions.Length(middle);
        var w = (middle / length).masked_fill(length <= 8 * MachineEpsilon(z.dtype), 0);
        var turned = z - (2 * Dot(z, w) * w) + (2 * Dot(z, along) * into);
        return Directions.Length(code) / Directions.Length(vector) * turned;
    }

    private static Tensor Dot(Tensor a, Tensor b) => (a * b).sum(-1, keepdim: true);

    // Not finfo: its eps is the smallest denormal in TorchSharp 0.99.
    private static double MachineEpsilon(ScalarType dtype) => dtype switch
    {
        ScalarType.Float64 => Math.ScaleB(1, -52),
        ScalarType.Float16 => Math.ScaleB(1, -10),
        ScalarType.BFloat16 => Math.ScaleB(1, -7),
        _ => Math.ScaleB(1, -23),
    };
}
