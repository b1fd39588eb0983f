namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>A comment that the code beside it decides.</summary>
/// <param name="At">Where in the listing the shape or the range stands.</param>
/// <param name="Finding">Null when the comment is right.</param>
public sealed record CommentCheck(int At, int Length, CommentFinding? Finding);
