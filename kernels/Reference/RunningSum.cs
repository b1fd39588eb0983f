using LatentConformance.Contract;

namespace LatentConformance.Reference;

/// <summary>
/// A sum in whatever order: each partial sum is at most Σ|x|, so n − 1 roundings of it bound the error. Beyond 64 terms
/// roundings are taken as independent and the bound grows with √n.
/// </summary>
internal struct RunningSum
{
    private double total;
    private double lost;
    private double magnitude;
    private double peak;
    private int count;
    private Coefficients error;

    public void Add(in Real term)
    {
        // Neumaier's compensation: the reference's own sum is right to the last bit or two.
        var next = total + term.Value;
        lost += Math.Abs(total) >= Math.Abs(term.Value) ? total - next + term.Value : term.Value - next + total;
        total = next;
        magnitude += Math.Abs(term.Value);
        peak = Math.Max(peak, term.Peak);
        error += term.Error;
        count++;
    }

    public readonly Real Total
    {
        get
        {
            var value = double.IsFinite(total) ? total + lost : total;
            var steps = count <= 64 ? Math.Max(count - 1, 0) : 8 * Math.Sqrt(count);
            return new Real(
                value,
                error + new Coefficients(count > 1 ? Math.Abs(value) : 0, steps * magnitude, 0),
                Math.Max(peak, magnitude));
        }
    }
}
