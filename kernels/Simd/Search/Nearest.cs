using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Products;

namespace LatentConformance.Simd.Search;

/// <summary>
/// What is kept of the codes that a panel of vectors has met: for each vector the smallest ½‖e‖² − z·e of every twelfth code (every
/// sixth on narrower machines), with the code. Of codes that lie further off than roundoff could have moved them nothing needs to be
/// kept; nearly all do, and one comparison tells of a dozen.
/// </summary>
internal readonly unsafe struct Nearest<V>(float* memory)
    where V : struct, ILanes<V>
{
    private readonly float* scores = memory;
    private readonly float* codes = memory + (Slots * Panel<V>.Wide);
    private readonly float* slacks = memory + (2 * Slots * Panel<V>.Wide);

    /// <summary>Floats.</summary>
    public static int Size => ((2 * Slots) + 1) * Panel<V>.Wide;

    private const int Slots = 6;

    private static uint All => uint.MaxValue >> (32 - V.Count);

    public void Begin(float* panel, nint width, Slack slack)
    {
        new Span<float>(scores, Slots * Panel<V>.Wide).Fill(float.PositiveInfinity);
        V left = V.Of(0), right = left;
        for (nint j = 0; j < width; j++, panel += Panel<V>.Wide)
        {
            var (a, b) = (V.Load(panel), V.Load(panel + V.Count));
            left = V.MulAdd(a, a, left);
            right = V.MulAdd(b, b, right);
        }

        slack.Of(left).Store(slacks);
        slack.Of(right).Store(slacks + V.Count);
    }

    /// <summary>
    /// The codes from <paramref name="first"/> on, as many as rows are multiplied at a time. Strictly smaller only, codes in ascending
    /// order: of equals the lowest stays.
    /// </summary>
    public void Meet(in Codebook codebook, nint first, float* panel)
    {
        var sums = stackalloc float[RowStrip<V>.Height * Panel<V>.Wide];
        RowStrip<V>.Times(codebook.Row(first), codebook.Width, panel, sums);
        var halves = codebook.HalfNorms + first;
        var code = V.OfBits((int)first);
        float* kept = scores, at = codes;
        for (var slot = 0; slot < Slots; slot++)
        {
            var (half, later) = (V.Of(halves[slot]), V.Of(halves[slot + RowStrip<V>.Height - Slots]));
            for (var side = 0; side < 2; side++, sums += V.Count, kept += V.Count, at += V.Count)
            {
                var (score, which) = (half - V.Load(sums), code);
                if (RowStrip<V>.Height > Slots)
                {
                    var other = later - V.Load(sums + (Slots * Panel<V>.Wide));
                    var isOther = V.Less(other, score);
                    (score, which) = (V.Select(isOther, other, score), V.Select(isOther, V.AddBits(code, V.OfBits(Slots)), code));
                }

                var (least, winner) = (V.Load(kept), V.Load(at));
                var nearer = V.Less(score, least);
                V.Select(nearer, score, least).Store(kept);
                V.Select(nearer, which, winner).Store(at);
            }

            code = V.AddBits(code, V.OfBits(1));
        }
    }

    /// <summary>The codes of the vectors from <paramref name="from"/> to before <paramref name="to"/>. Where more than one could be it they are measured again.</summary>
    public void Tell(Vectors vectors, nint from, nint to, Codebook codebook, int* winners)
    {
        for (var side = 0; side < Panel<V>.Wide; side += V.Count)
        {
            var (least, winner) = (V.Load(scores + side), V.Load(codes + side));
            for (var r = 1; r < Slots; r++)
            {
                var (score, code) = (V.Load(scores + (r * Panel<V>.Wide) + side), V.Load(codes + (r * Panel<V>.Wide) + side));
                var nearer = V.Less(score, least);
                (least, winner) = (V.Select(nearer, score, least), V.Select(nearer, code, winner));
            }

            winner.Store((float*)winners + side);
            var (limit, near) = (least + V.Load(slacks + side), V.Of(0));
            for (var r = 0; r < Slots; r++)
            {
                near += V.LessOrEqual(V.Load(scores + (r * Panel<V>.Wide) + side), limit) & V.Of(1);
            }

            // An infinite slack, or none smaller than infinity, or one by overflow: nothing here can be trusted then.
            var sound = V.Less(V.Abs(least), V.Of(float.PositiveInfinity)) & V.Less(limit, V.Of(float.PositiveInfinity));
            limit.Store(slacks + side);
            var (isSound, isAlone) = (V.Mask(sound), V.Mask(V.Less(near, V.Of(1.5f))));
            for (var v = 0; v < Math.Min(V.Count, to - from - side) && (isSound & isAlone) != All; v++)
            {
                var (lane, vector) = (side + v, from + side + v);
                if ((isSound >> v & 1) == 0)
                {
                    winners[lane] = (int)ByCodes.Exactly(vectors, vector, codebook.Codes, codebook.Count);
                }
                else if ((isAlone >> v & 1) == 0)
                {
                    winners[lane] = (int)Rescored.Winner(vectors, vector, codebook, scores + lane, (int*)codes + lane, Slots, Panel<V>.Wide, slacks[lane]);
                }
            }
        }
    }
}
