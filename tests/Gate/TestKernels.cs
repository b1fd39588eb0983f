using LatentConformance.Contract;

namespace LatentConformance.Tests.Gate;

/// <summary>kl_standard and its gradient as a library would have them, the parameters in an order of their own.</summary>
public static class PlainKernels
{
    [Kernel("kl_standard")]
    public static void Forward(Span<float> kl, int d, ReadOnlySpan<float> mu, ReadOnlySpan<float> logvar)
    {
        for (var i = 0; i < kl.Length; i++)
        {
            var sum = 0f;
            for (var j = i * d; j < (i + 1) * d; j++)
            {
                sum += (mu[j] * mu[j]) + (MathF.Exp(logvar[j]) - 1 - logvar[j]);
            }

            kl[i] = sum / 2;
        }
    }

    [Kernel("vq_loss")]
    internal static void Losses(ReadOnlySpan<float> z, ReadOnlySpan<float> codebook, double beta, int K, int D, Span<float> loss)
    {
        for (var i = 0; i < loss.Length; i++)
        {
            var least = float.PositiveInfinity;
            for (var k = 0; k < K; k++)
            {
                var sum = 0f;
                for (var j = 0; j < D; j++)
                {
                    var difference = z[(i * D) + j] - codebook[(k * D) + j];
                    sum += difference * difference;
                }

                least = Math.Min(least, sum);
            }

            loss[i] = (float)((1 + beta) * least);
        }
    }

    [Kernel("usage_counts")]
    public static void Counts(ReadOnlySpan<long> indices, long codebookSize, Span<long> counts)
    {
        counts[..(int)codebookSize].Clear();
        foreach (var index in indices)
        {
            counts[(int)index]++;
        }
    }
}

/// <summary>The same in double.</summary>
public static class DoubleKernels
{
    [Kernel("kl_standard")]
    public static void Forward(ReadOnlySpan<double> mu, ReadOnlySpan<double> logvar, Span<double> kl, int D)
    {
        for (var i = 0; i < kl.Length; i++)
        {
            var sum = 0.0;
            for (var j = i * D; j < (i + 1) * D; j++)
            {
                sum += (mu[j] * mu[j]) + (Math.Exp(logvar[j]) - 1 - logvar[j]);
            }

            kl[i] = sum / 2;
        }
    }
}

/// <summary>The half is forgotten.</summary>
public static class HalflessKernels
{
    [Kernel("kl_standard")]
    public static void Forward(ReadOnlySpan<float> mu, ReadOnlySpan<float> logvar, Span<float> kl, int D)
    {
        PlainKernels.Forward(kl, D, mu, logvar);
        foreach (ref var value in kl)
        {
            value *= 2;
        }
    }
}

/// <summary>Right on small batches: rows from the five thousandth on are forgotten.</summary>
public static class ForgetfulKernels
{
    [Kernel("kl_standard")]
    public static void Forward(ReadOnlySpan<float> mu, ReadOnlySpan<float> logvar, Span<float> kl, int D) =>
        PlainKernels.Forward(kl[..Math.Min(5000, kl.Length)], D, mu, logvar);
}

/// <summary>Right on small batches: rows from the five thousandth on are those before.</summary>
public static class RepeatingKernels
{
    [Kernel("kl_standard")]
    public static void Forward(ReadOnlySpan<float> mu, ReadOnlySpan<float> logvar, Span<float> kl, int D)
    {
        PlainKernels.Forward(kl, D, mu, logvar);
        for (var i = 5000; i < kl.Length; i++)
        {
            kl[i] = kl[i - 5000];
        }
    }
}

/// <summary>Right, and a copy of the input is made on the way.</summary>
public static class CopyingKernels
{
    [Kernel("kl_standard")]
    public static void Forward(ReadOnlySpan<float> mu, ReadOnlySpan<float> logvar, Span<float> kl, int D) =>
        PlainKernels.Forward(kl, D, mu.ToArray(), logvar);
}

public static class MisnamedKernels
{
    [Kernel("kl_standard")]
    public static void Forward(ReadOnlySpan<float> means, ReadOnlySpan<float> logvar, Span<float> kl) => kl.Fill(means[0] + logvar[0]);
}

public static class MistypedKernels
{
    [Kernel("vq_assign")]
    public static void Assign(ReadOnlySpan<float> z, ReadOnlySpan<float> codebook, Span<int> indices) => indices.Fill((int)(z[0] + codebook[0]));
}

public static class SilentKernels
{
    [Kernel("kl_standard")]
    public static void Forward(ReadOnlySpan<float> mu, ReadOnlySpan<float> logvar) => _ = mu[0] + logvar[0];
}

public static class UnknownKernels
{
    [Kernel("kl_standrad")]
    public static void Forward(ReadOnlySpan<float> mu, Span<float> kl) => mu.CopyTo(kl);
}
