namespace LatentConformance.Lessons.Recognising.CodeComments;

internal enum Verdict
{
    Silent,
    Right,
    Wrong,
}

/// <summary>A shape in a comment against the one that the code gives.</summary>
internal static class ShapeJudge
{
    public static Verdict Compare(ShapeNote note, Shape shape)
    {
        if (note.Parts.Count == shape.Rank)
        {
            var each = note.Parts.Select((part, i) => Compare(part, shape[i])).ToList();
            return each.Contains(Likeness.Different) ? MayBeValues(note, shape) ? Verdict.Silent : Verdict.Wrong
                : each.Count > 0 && each.All(e => e == Likeness.Same) ? Verdict.Right
                : Verdict.Silent;
        }

        return MayBeValues(note, shape) || MayBePoint(note) || MayLeaveOutTheBatch(note, shape) ? Verdict.Silent : Verdict.Wrong;
    }

    /// <summary>The shape in the notation of the comment; lengths that are not wrong stay as they are printed.</summary>
    public static string Written(ShapeNote note, Shape shape, string text)
    {
        var parts = shape.Dims.Select((dim, i) =>
        {
            var printed = note.Parts.Count == shape.Rank ? note.Parts[i] : default;
            return printed.Printed is null ? dim.ToString() : Compare(printed, dim) == Likeness.Different ? dim.Written(!char.IsAsciiDigit(printed.Printed[0])) : printed.Printed;
        }).ToList();
        var (open, close) = text[note.At] == '(' ? ('(', ")") : ('[', "]");
        var separator = text.AsSpan(note.At, note.Length).Contains(',') && !text.AsSpan(note.At, note.Length).Contains(' ') ? "," : ", ";
        return $"{open}{string.Join(separator, parts)}{(open == '(' && parts.Count == 1 ? ",)" : close)}";
    }

    public static string Why(string name, Tensor tensor) =>
        tensor is { Deed: { From: { } from } deed, Shape: { } shape } ? from.Same(shape) ? $"the line leaves {shape} as it is" : $"{deed.What}: {from} becomes {shape}"
        : tensor.Deed is { } alone ? $"{alone.What} gives {tensor.Shape}"
        : $"the code makes {(name.Length > 0 ? name : "it")} {tensor.Shape}";

    private static Likeness Compare(ShapeNote.Part printed, Dim dim)
    {
        var likeness = printed.Dim.Compare(dim);

        // A name may be printed for the length it has here; that it has another now is no accusation.
        return likeness == Likeness.Different && printed.IsResolved ? Likeness.Unsure : likeness;
    }

    /// <summary>[3, 4] beside two numbers may be the numbers; [1] beside a single one is how torch prints it too.</summary>
    private static bool MayBeValues(ShapeNote note, Shape shape)
    {
        if (note.IsWorded)
        {
            return shape.Rank == 0 && note.Parts.All(p => p.Dim.IsOne);
        }

        var holds = shape.Size;
        return (note.IsWhole && shape.Rank < 2) || holds.Is(note.Parts.Count) || shape.Rank == 0 || !shape.Dims.All(d => d.IsKnown) && note.IsWhole && note.Parts.Count < 3;
    }

    /// <summary>(640, 480) of an image with channels.</summary>
    private static bool MayBePoint(ShapeNote note) => !note.IsWorded && note is { IsWhole: true, IsTuple: true, Parts.Count: 2 };

    /// <summary>The last axes of it, told without those before: [64, 32, 32] of [B, 64, 32, 32].</summary>
    private static bool MayLeaveOutTheBatch(ShapeNote note, Shape shape)
    {
        var left = shape.Rank - note.Parts.Count;
        if (left <= 0 || (!shape[0].IsWhole && Compare(note.Parts[0], shape[0]) == Likeness.Same))
        {
            return false;
        }

        return note.Parts.Select((part, i) => Compare(part, shape[left + i])).All(l => l != Likeness.Different);
    }
}
