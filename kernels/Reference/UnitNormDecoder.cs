using LatentConformance.Contract;

namespace LatentConformance.Reference;

// u = c / ‖c‖, column by column; a column of zeros has no direction. ∂/∂c = (g − u (u·g)) / ‖c‖: what points along c is lost.
public sealed partial class ReferenceKernels
{
    public Tensor UnitNormDecoder(Tensor decoder)
    {
        var norms = NormsOfDirections(decoder);
        return Answers.Matrix(decoder.Shape[0], decoder.Shape[1], (d, j) => decoder[d, j] / norms[j]);
    }

    public Tensor UnitNormDecoderVjp(Tensor decoder, Tensor dUnit)
    {
        var norms = NormsOfDirections(decoder);
        Real Unit(int d, int j) => decoder[d, j] / norms[j];
        var along = Answers.Each(decoder.Shape[1], j => Answers.Sum(decoder.Shape[0], d => Unit(d, j) * dUnit[d, j]));
        return Answers.Matrix(decoder.Shape[0], decoder.Shape[1], (d, j) => Real.Terms(dUnit[d, j], -(Unit(d, j) * along[j])) / norms[j]);
    }

    private static Real[] NormsOfDirections(Tensor decoder)
    {
        var norms = ColumnNorms(decoder);
        var zero = Array.FindIndex(norms, n => n.Value == 0);
        return zero < 0 ? norms : throw new RefusalException($"column {zero} of the decoder is zero: it has no direction");
    }
}
