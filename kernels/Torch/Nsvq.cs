namespace LatentConformance.Torch;

// z + ‖z − q‖ · v / (‖v‖ + ε). At z = q the length has no slope, and norm gives it 0; a root of a sum of squares would give NaN.
public static class Nsvq
{
    [Kernel("nsvq")]
    public static Tensor Forward(Tensor z, Tensor quantized, Tensor noise, double epsilon)
    {
        Shapes.RefuseUnlessSame(z, quantized, noise);
        Refuse.UnlessFiniteAndNotNegative("epsilon", epsilon);
        return z + (Directions.Length(z - quantized) / (Directions.Length(noise) + epsilon) * noise);
    }
}
