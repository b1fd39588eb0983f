using LatentConformance.Contract;

namespace LatentConformance.Reference;

// Round to the nearest whole number, exact halves to the even one; the gradient is the identity's.
public sealed partial class ReferenceKernels
{
    public Tensor RoundHalfEven(Tensor x) => Answers.Like(x, i =>
    {
        var whole = Math.Round(x[i], MidpointRounding.ToEven);
        return new Real(whole, new Coefficients(Math.Abs(whole - x[i]) + Math.Abs(whole), 0, 0), Math.Abs(x[i]));
    });

    public Tensor RoundHalfEvenVjp(Tensor x, Tensor dRounded)
    {
        Refuse.UnlessSameShape(x, dRounded);
        return Answers.Like(x, i => dRounded[i]);
    }
}
