using LatentConformance.Contract;
using static LatentConformance.Reference.Real;

namespace LatentConformance.Reference;

// b = tanh(z + shift)·half − offset, codes = round(b) / width, rounding half to even; ∂/∂z = half·sech²(z + shift) / width.
// The four forms differ in half, offset, shift and width only.
public sealed partial class ReferenceKernels
{
    private const double FsqEpsilon = 1e-3;

    public Tensor Fsq(Tensor z, Tensor levels) => Quantized(z, levels, WideUse);

    public Tensor FsqVjp(Tensor z, Tensor levels, Tensor dCodes) => QuantizedVjp(z, levels, dCodes, WideUse);

    public Tensor FsqNotebook(Tensor z, Tensor levels) => Quantized(z, levels, Notebook);

    public Tensor FsqNotebookVjp(Tensor z, Tensor levels, Tensor dCodes) => QuantizedVjp(z, levels, dCodes, Notebook);

    public Tensor FsqTanhHalf(Tensor z, Tensor levels) => Quantized(z, levels, TanhHalf);

    public Tensor FsqTanhHalfVjp(Tensor z, Tensor levels, Tensor dCodes) => QuantizedVjp(z, levels, dCodes, TanhHalf);

    public Tensor FsqRoundTanh(Tensor z, Tensor levels) => Quantized(z, levels, RoundTanh);

    public Tensor FsqRoundTanhVjp(Tensor z, Tensor levels, Tensor dCodes) => QuantizedVjp(z, levels, dCodes, RoundTanh);

    /// <summary>
    /// How one dimension of L levels is bounded before it is rounded, and what a step is worth after. Libraries compute
    /// half and shift in the implementation's dtype, so both carry an error.
    /// </summary>
    private readonly record struct Bound(Real Half, double Offset, Real Shift, double Width);

    private static Bound WideUse(long levels) => Shifted(levels, 1 + FsqEpsilon, r => (Math.Atanh(r), 1 / (1 - (r * r))));

    private static Bound Notebook(long levels) => Shifted(levels, 1 - FsqEpsilon, r => (Math.Tan(r), 1 + Math.Pow(Math.Tan(r), 2)));

    private static Bound TanhHalf(long levels) => new(Stored((levels - 1) / 2.0), 0, 0, 1);

    private static Bound RoundTanh(long levels) => new(Stored(levels), 0, 0, 1);

    /// <param name="shift">The shift and its slope at offset/half: with two levels atanh is at 0.999, where its slope is 500.</param>
    private static Bound Shifted(long levels, double stretch, Func<double, (double Value, double Slope)> shift)
    {
        var half = Stored((levels - 1) * stretch / 2);
        var offset = levels % 2 == 0 ? 0.5 : 0;
        var ratio = offset / half;
        var (value, slope) = shift(ratio.Value);
        return new(half, offset, Stored(value) with { Error = Stored(value).Error + (slope * ratio.Error) }, levels / 2);
    }

    private static Tensor Quantized(Tensor z, Tensor levels, Func<long, Bound> form)
    {
        RefuseUnlessLevelsFit(z.Shape[1], levels);
        var alternatives = new List<Alternative>();
        var codes = Answers.Like(z, i =>
        {
            var bound = form(levels.Int64[i % levels.Count]);
            return Rounded(Bounded(z[i], bound), bound.Width, i, alternatives);
        });
        return new Tensor(z.Shape.ToArray(), codes.ToDoubles()) { Tolerance = codes.Tolerance! with { Alternatives = alternatives } };
    }

    private static Tensor QuantizedVjp(Tensor z, Tensor levels, Tensor dCodes, Func<long, Bound> form)
    {
        RefuseUnlessLevelsFit(z.Shape[1], levels);
        return Answers.Like(z, i =>
        {
            var bound = form(levels.Int64[i % levels.Count]);
            var argument = z[i] + bound.Shift;
            var slope = Terms(1, -(Tanh(argument) * Tanh(argument))).Knowing(1 / Math.Pow(Math.Cosh(argument.Value), 2));
            return dCodes[i] * (bound.Half * slope / bound.Width);
        });
    }

    private static Real Bounded(double z, Bound bound) =>
        (Tanh(z + bound.Shift) * bound.Half) - bound.Offset;

    /// <summary>A constant that a library computes in the implementation's dtype by a few operations or one of its functions.</summary>
    private static Real Stored(double constant) => new(constant, new Coefficients(4 * Math.Abs(constant), 0, 0), Math.Abs(constant));

    /// <summary>
    /// round(b) / width, through the straight-through b + sg(round(b) − b). Near a half the neighbour is legal where
    /// the error of b reaches across.
    /// </summary>
    private static Real Rounded(Real b, double width, int element, List<Alternative> alternatives)
    {
        var whole = Math.Round(b.Value, MidpointRounding.ToEven);
        var neighbour = b.Value >= whole ? whole + 1 : whole - 1;
        var gap = 0.5 - Math.Abs(b.Value - whole);
        var alternative = new Alternative(element, neighbour / width, gap, b.Error);
        if (Tolerance.IsLegal(alternative, Precision.Of(DType.BFloat16), strict: false))
        {
            alternatives.Add(alternative);
        }

        var roundings = Math.Abs(whole - b.Value) + (2 * Math.Abs(whole));
        return new Real(whole / width, new Coefficients(roundings / width, 0, 0), b.Peak);
    }

    private static void RefuseUnlessLevelsFit(int dimensions, Tensor levels)
    {
        if (levels.Count != dimensions || dimensions == 0)
        {
            throw new RefusalException($"{levels.Count} levels for {dimensions} dimensions");
        }

        foreach (var level in levels.Int64)
        {
            if (level < 2)
            {
                throw new RefusalException($"a dimension of {level} levels; it needs 2 or more");
            }
        }
    }
}
