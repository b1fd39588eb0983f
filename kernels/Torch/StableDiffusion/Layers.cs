namespace LatentConformance.Torch.StableDiffusion;

/// <summary>
/// What the encoder and the decoder are made of; a layer knows its weights by the name that the published checkpoints give them. Each
/// step of arithmetic is a method that may be replaced: who derives from this sees every rounding.
/// </summary>
/// <param name="weights">The tensor of a name and a shape.</param>
public class Layers(Func<string, long[], Tensor> weights)
{
    private const long Groups = 32;
    private const double Epsilon = 1e-6;

    /// <summary>A window of 3 with one row of padding on all sides, or of 1 without: the map keeps its size.</summary>
    public Tensor Convolve(string name, Tensor x, long outputs, long window = 3) =>
        Convolution(x, Weight(name, outputs, x.shape[1], window, window), Bias(name, outputs), window / 2);

    /// <summary>Half the map, padded below and to the right alone.</summary>
    public Tensor Halve(string name, Tensor x) => Halving(x, Weight(name, x.shape[1], x.shape[1], 3, 3), Bias(name, x.shape[1]));

    public Tensor Normalize(string name, Tensor x) => Normalization(x, Weight(name, x.shape[1]), Bias(name, x.shape[1]), Groups, Epsilon);

    public virtual Tensor Swish(Tensor x) => x * x.sigmoid();

    public virtual Tensor Sum(Tensor x, Tensor y) => x + y;

    /// <summary>scale · left · right, a batch of matrices.</summary>
    public virtual Tensor Product(Tensor left, Tensor right, double scale) => left.bmm(right) * scale;

    public virtual Tensor Softmax(Tensor scores) => F.softmax(scores, -1);

    protected virtual Tensor Convolution(Tensor x, Tensor weight, Tensor bias, long padding) => Conv2d.Forward(x, weight, bias, 1, padding, 1);

    protected virtual Tensor Halving(Tensor x, Tensor weight, Tensor bias) => Conv2dAsymmetric.Forward(x, weight, bias);

    protected virtual Tensor Normalization(Tensor x, Tensor gamma, Tensor beta, long groups, double epsilon) =>
        GroupNorm.Forward(x, gamma, beta, groups, epsilon);

    private Tensor Weight(string name, params long[] shape) => weights($"{name}.weight", shape);

    private Tensor Bias(string name, long outputs) => weights($"{name}.bias", [outputs]);
}
