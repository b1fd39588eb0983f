using LatentConformance.Lessons.Reading;

namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>
/// Shapes and ranges in the comments of Python listings, where the code beside them decides them. What is not understood decides
/// nothing: a comment is called wrong only when the code is sure to make another shape.
/// </summary>
public static class ShapeComments
{
    /// <summary>Nobody writes a listing of this length for a reader; and nothing here takes long.</summary>
    private const int MaxLength = 1 << 18;

    private static readonly string[] Signs = ["torch.", "np.", "nn.", "numpy", "def ", "self.", "F."];

    /// <summary>One for each comment that the code decides, in the order of the listing.</summary>
    public static IReadOnlyList<CommentCheck> In(Code block)
    {
        ArgumentNullException.ThrowIfNull(block);
        var text = block.Text.Text;
        var isPython = block.Language.Contains("python", StringComparison.Ordinal) || block.Language is "py" or "torch" or "pytorch"
            || (block.Language is "" && Array.Exists(Signs, s => text.Contains(s, StringComparison.Ordinal)));
        if (!isPython || text.Length > MaxLength || !MaySay(text))
        {
            return [];
        }

        var comments = new CommentReader(text);
        new Listing(text, comments).Run();
        return comments.Checks;
    }

    /// <summary>A row has something like a shape or a range behind a #.</summary>
    private static bool MaySay(string text)
    {
        foreach (var row in text.AsSpan().EnumerateLines())
        {
            var sign = row.IndexOf('#');
            if (sign >= 0 && (row[sign..].ContainsAny('[', '(') || row[sign..].Contains("between", StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }
}
