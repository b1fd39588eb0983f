using System.Numerics;

namespace LatentConformance.Tests.Reference;

/// <summary>The draws lie on a dyadic grid: scaled to whole numbers they are added and multiplied without any rounding.</summary>
internal static class Grid
{
    private const int Bits = 12;

    public static BigInteger Whole(double value)
    {
        var scaled = Math.ScaleB(value, Bits);
        return double.IsInteger(scaled) ? new BigInteger(scaled) : throw new ArgumentException($"{value} is not on the grid");
    }

    /// <summary>Σ (a − b)², in units of the grid's square.</summary>
    public static BigInteger SquaredDistance(IEnumerable<double> a, IEnumerable<double> b) =>
        a.Zip(b, (p, q) => BigInteger.Pow(Whole(p) - Whole(q), 2)).Aggregate(BigInteger.Zero, BigInteger.Add);

    public static BigInteger Distance(IEnumerable<double> a, IEnumerable<double> b) =>
        a.Zip(b, (p, q) => BigInteger.Abs(Whole(p) - Whole(q))).Aggregate(BigInteger.Zero, BigInteger.Add);

    /// <summary>Back from units of the grid to the given power: exact while the whole number has 53 bits.</summary>
    public static double Value(BigInteger whole, int power) => Math.ScaleB((double)whole, -power * Bits);
}
