using LatentConformance.Contract;
using static LatentConformance.Reference.Real;

namespace LatentConformance.Reference;

// (σ T)² = e^(lv + 2 log T); ∂/∂lv = 1.
public sealed partial class ReferenceKernels
{
    /// <summary>What goes through sigma, 2 log(e^(lv/2) · T), loses a few roundings of one more, and one of lv in the exponent.</summary>
    public Tensor TemperatureLogvar(Tensor logvar, double temperature)
    {
        Refuse.UnlessPositive("temperature", temperature);
        var shift = 2 * Log(temperature);
        return Answers.Like(logvar, i =>
        {
            var tempered = logvar[i] + shift;
            var throughSigma = new Coefficients(10 + Math.Abs(logvar[i]) + (4 * Math.Abs(tempered.Value)), 0, 0);
            return tempered with { Error = tempered.Error + throughSigma };
        });
    }

    public Tensor TemperatureLogvarVjp(Tensor logvar, double temperature, Tensor dTempered)
    {
        Refuse.UnlessPositive("temperature", temperature);
        Refuse.UnlessSameShape(logvar, dTempered);

        // Through sigma and back the slope is σ/2 · T · 2/(σ T), which is one but for its roundings.
        return Answers.Like(logvar, i => new Real(dTempered[i], new Coefficients(8 * Math.Abs(dTempered[i]), 0, 0), Math.Abs(dTempered[i])));
    }
}
