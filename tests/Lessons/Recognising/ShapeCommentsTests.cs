using System.Diagnostics;
using System.Text;
using LatentConformance.Lessons.Reading;
using LatentConformance.Lessons.Recognising.CodeComments;
using NUnit.Framework;

namespace LatentConformance.Tests.Lessons;

public sealed class ShapeCommentsTests
{
    private const string Encoder =
        """
        # Minimal encoder architecture
        class Encoder(nn.Module):
            def forward(self, x):        # x: [B, 3, 256, 256]
                x = self.conv1(x)         # [B, 64, 128, 128]
                x = self.conv2(x)         # [B, 128, 64, 64]
                x = self.conv3(x)         # [B, 256, 32, 32]
                x = x.flatten(1)         # [B, 256*32*32]
                return self.fc(x)         # [B, latent_dim]
        """;

    private const string Reparameterised =
        """
        # Encoder outputs TWO heads, not one
        h = encoder_backbone(x)           # [B, 256, 32, 32] → flatten → [B, hidden]
        mu      = self.fc_mu(h)           # [B, latent_dim]
        log_var = self.fc_logvar(h)       # [B, latent_dim]

        # Reparameterization trick
        std = torch.exp(0.5 * log_var)   # [B, latent_dim]
        eps = torch.randn_like(std)       # [B, latent_dim] ~ N(0,1)
        z   = mu + std * eps              # [B, latent_dim] — differentiable!
        """;

    private const string Quantised =
        """
        # VQ-VAE quantization (per spatial location)
        z_e = encoder(x)                    # [B, D, 32, 32]
        z_flat = z_e.permute(0,2,3,1).reshape(-1, D)  # [B*1024, D]
        dists = torch.cdist(z_flat, codebook.weight)    # [B*1024, K]
        indices = dists.argmin(dim=1)                   # [B*1024]
        z_q = codebook(indices)                         # [B*1024, D]

        # Straight-through: forward=discrete, backward=continuous
        z_q_st = z_e + (z_q.reshape_as(z_e) - z_e).detach()
        """;

    private const string Scalars =
        """
        # FSQ: 4 lines of code for quantization
        z = encoder(x)                       # [B, d] continuous
        z_bounded = torch.tanh(z)            # [B, d] in [-1, 1]
        z_scaled = z_bounded * (L - 1) / 2  # scale to [-L/2, L/2]
        z_q = z_scaled.round()               # snap to integers
        z_q = z_scaled + (z_q - z_scaled).detach()  # straight-through
        """;

    private const string Layers =
        """
        class Net(nn.Module):
            def __init__(self, dim):
                super().__init__()
                self.conv1 = nn.Conv2d(3, 64, kernel_size=4, stride=2, padding=1)
                self.up = nn.ConvTranspose2d(64, 32, 4, 2, 1)
                self.head = nn.Sequential(nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(32 * 128 * 128, 2 * dim))
                self.codebook = nn.Embedding(512, dim)

            def forward(self, x):  # [B, 3, 256, 256]

        """;

    [TestCase(Encoder, "[B, 256*32*32]")]
    [TestCase(Reparameterised, "[B, latent_dim] | [B, latent_dim] | [B, latent_dim]")]
    [TestCase(Quantised, "[B*1024, D] | [B*1024]")]
    [TestCase(Scalars, "[B, d] | [-1, 1] | [-L/2, L/2] -> [-(L-1)/2, (L-1)/2]")]
    public void In_ListingOfTheLesson_DecidesWhatTheCodeDecides(string code, string expected) => Expect(code, expected);

    [TestCase(Encoder, "[B, 256*32*32]", "[B, 256*32]", "[B, 256*32] -> [B, 262144]")]
    [TestCase(Encoder, "[B, 256*32*32]", "[B, 256, 1024]", "[B, 256, 1024] -> [B, 262144]")]
    [TestCase(Quantised, "reshape(-1, D)  # [B*1024, D]", "reshape(-1, D)  # [B*256, D]", "[B*256, D] -> [B*1024, D]|[B*1024]")]
    [TestCase(Quantised, "argmin(dim=1)                   # [B*1024]", "argmin(dim=1)                   # [B*1024, K]", "[B*1024, D]|[B*1024, K] -> [B*1024]")]
    [TestCase(Scalars, "in [-1, 1]", "in [0, 1]", "[B, d]|[0, 1] -> [-1, 1]|[-L/2, L/2] -> [-(L-1)/2, (L-1)/2]")]
    public void In_ListingOfTheLessonMadeWrong_Accuses(string code, string was, string becomes, string expected)
    {
        Assert.That(code, Does.Contain(was));
        Expect(code.Replace(was, becomes, StringComparison.Ordinal), expected);
    }

    [TestCase("x = self.conv1(x)  # [B, 64, 128, 128]", "[B, 64, 128, 128]")]
    [TestCase("x = self.conv1(x)  # [B, 64, 256, 256]", "[B, 64, 256, 256] -> [B, 64, 128, 128]")]
    [TestCase("x = self.conv1(x)  # [64, 128, 128]", "")]
    [TestCase("x = self.conv1(x)  # [64, 256, 256]", "[64, 256, 256] -> [B, 64, 128, 128]")]
    [TestCase("x = self.up(self.conv1(x))  # (B, 32, 256, 256)", "(B, 32, 256, 256)")]
    [TestCase("x = self.up(self.conv1(x))  # (B,64,256,256)", "(B,64,256,256) -> (B,32,256,256)")]
    [TestCase("x = self.head(self.up(self.conv1(x)))  # [B, 2*dim]", "[B, 2*dim]")]
    [TestCase("return self.head(self.up(self.conv1(x)))  # [B, dim]", "[B, dim] -> [B, dim*2]")]
    [TestCase("x = self.up(x)  # [B, 32, 1, 1]", "")]
    [TestCase("x = self.other(x)  # [B, 32, 1, 1]", "")]
    [TestCase("w = self.codebook.weight  # [512, dim]", "[512, dim]")]
    [TestCase("w = self.codebook.weight  # [256, dim]", "[256, dim] -> [512, dim]")]
    [TestCase("self.conv1 = None\n        x = self.conv1(x)  # [B, 1, 1, 1]", "")]
    public void In_LayersOfTheClass_FollowsThem(string line, string expected) => Expect($"{Layers}        {line}", expected);

    [TestCase("torch.randn(2, 3)  # [2, 3]", "[2, 3]")]
    [TestCase("torch.zeros((2, 3))  # shape: (3, 2)", "(3, 2) -> (2, 3)")]
    [TestCase("np.zeros((4, 5)).T  # (4, 5)", "(4, 5) -> (5, 4)")]
    [TestCase("np.zeros((4, 5)).T  # shape (5, 4)", "(5, 4)")]
    [TestCase("torch.randint(0, 9, (8, 16))  # [8, 16]", "[8, 16]")]
    [TestCase("torch.randn(2, 3, 4).view(2, -1)  # [2, 12]", "[2, 12]")]
    [TestCase("torch.randn(2, 3, 4).view(-1, 4)  # [8, 4]", "[8, 4] -> [6, 4]")]
    [TestCase("torch.randn(2, 3, 4).view(5, -1)  # [5, 4]", "")]
    [TestCase("torch.randn(2, 3, 4).permute(2, 0, 1)  # [4, 3, 2]", "[4, 3, 2] -> [4, 2, 3]")]
    [TestCase("torch.randn(2, 3, 4).transpose(1, 2)  # [2, 4, 3]", "[2, 4, 3]")]
    [TestCase("torch.randn(2, 1, 4).squeeze(1)  # [2, 4]", "[2, 4]")]
    [TestCase("torch.randn(2, 4).unsqueeze(-1)  # [2, 1, 4]", "[2, 1, 4] -> [2, 4, 1]")]
    [TestCase("torch.randn(8, 10, 12).mean(dim=1)  # [8, 10]", "[8, 10] -> [8, 12]")]
    [TestCase("torch.randn(8, 10, 12).mean(dim=(1, 2), keepdim=True)  # [8, 1, 1]", "[8, 1, 1]")]
    [TestCase("torch.randn(8, 10, 12).max(dim=1)  # [8, 10]", "")]
    [TestCase("torch.randn(8, 10, 12).max(dim=1).values  # [8, 10]", "[8, 10] -> [8, 12]")]
    [TestCase("torch.randn(8, 10, 12).max(dim=1)[0]  # [8, 12]", "[8, 12]")]
    [TestCase("torch.randn(8, 1, 5) + torch.randn(7, 1)  # [8, 7, 5]", "[8, 7, 5]")]
    [TestCase("torch.randn(8, 3, 5) + torch.randn(7, 1)  # [8, 7, 5]", "")]
    [TestCase("torch.randn(8, 3) @ torch.randn(3, 5)  # [8, 3]", "[8, 3] -> [8, 5]")]
    [TestCase("torch.bmm(torch.randn(6, 8, 3), torch.randn(6, 3, 5))  # [6, 8, 5]", "[6, 8, 5]")]
    [TestCase("torch.cat([torch.randn(8, 3), torch.randn(8, 5)], dim=1)  # [16, 8]", "[16, 8] -> [8, 8]")]
    [TestCase("torch.stack([torch.randn(8, 3), torch.randn(8, 3)])  # [2, 8, 3]", "[2, 8, 3]")]
    [TestCase("torch.einsum('bij,bjk->bik', torch.randn(6, 8, 3), torch.randn(6, 3, 5))  # [6, 8, 3]", "[6, 8, 3] -> [6, 8, 5]")]
    [TestCase("torch.randn(6, 8, 3)[:, 0]  # [6, 8]", "[6, 8] -> [6, 3]")]
    [TestCase("torch.randn(6, 8, 3)[..., :2]  # [6, 8, 2]", "[6, 8, 2]")]
    [TestCase("torch.randn(6, 8)[:, None]  # [6, 1, 8]", "[6, 1, 8]")]
    [TestCase("torch.randn(6, 8)[mask]  # [3, 9]", "")]
    [TestCase("torch.randn(6, 8)[torch.randint(0, 6, (5, 4))]  # [5, 4, 8]", "[5, 4, 8]")]
    [TestCase("F.one_hot(torch.randint(0, 6, (5, 4)), 10)  # [5, 4, 6]", "[5, 4, 6] -> [5, 4, 10]")]
    [TestCase("F.interpolate(torch.randn(1, 3, 8, 8), scale_factor=2)  # [1, 3, 16, 16]", "[1, 3, 16, 16]")]
    [TestCase("F.max_pool2d(torch.randn(1, 3, 8, 8), 2)  # [1, 3, 8, 8]", "[1, 3, 8, 8] -> [1, 3, 4, 4]")]
    [TestCase("nn.Conv2d(3, 8, 3)(torch.randn(1, 3, 8, 8))  # [1, 8, 8, 8]", "[1, 8, 8, 8] -> [1, 8, 6, 6]")]
    [TestCase("nn.Conv2d(3, 8, 3, padding='same')(torch.randn(1, 3, 8, 8))  # [1, 8, 8, 8]", "[1, 8, 8, 8]")]
    [TestCase("nn.Conv2d(4, 8, 3)(torch.randn(1, 3, 8, 8))  # [1, 8, 8, 8]", "")]
    [TestCase("torch.relu(torch.randn(5, 7)).detach().clone() ** 2  # [7, 5]", "[7, 5] -> [5, 7]")]
    [TestCase("torch.tensor([[1, 2], [3, 4], [5, 6]])  # shape [2, 3]", "[2, 3] -> [3, 2]")]
    [TestCase("torch.tensor([[1, 2], [3, 4], [5, 6]])  # [2, 3]", "")]
    [TestCase("torch.arange(12).reshape(3, 4)  # (4, 3)", "(4, 3) -> (3, 4)")]
    [TestCase("torch.linspace(-5, 5, 200)  # x data (tensor), shape=(200, 1)", "(200, 1) -> (200,)")]
    [TestCase("torch.randn(B, 4, H, W).flatten(2)  # [B, 4, H*W]", "[B, 4, H*W]")]
    [TestCase("torch.randn(B, 4, H, W).flatten(2)  # [N, 4, L]", "")]
    [TestCase("torch.randn(B, 6, H).chunk(3, dim=1)[0]  # [B, 6, H]", "[B, 6, H] -> [B, 2, H]")]
    public void In_Expression_ComparesItsShape(string line, string expected) => Expect($"x = {line}", expected);

    [TestCase("x = torch.randn(3)  # [1, 2, 3]", TestName = "values of a vector")]
    [TestCase("x = torch.arange(3)  # [0, 1, 2]")]
    [TestCase("x = torch.zeros(2, 3)  # [[0, 0, 0], [0, 0, 0]]")]
    [TestCase("x = torch.zeros(2, 3)  # tensor([0, 0, 0])")]
    [TestCase("x = torch.zeros(2, 3)  # e.g. [4, 4]")]
    [TestCase("x = torch.zeros(2, 3)  # input: [4, 4]")]
    [TestCase("x = torch.zeros(2, 3)  # [..., 4]")]
    [TestCase("x = torch.zeros(2, 3)  # [*, 4]")]
    [TestCase("x = torch.zeros(2, 3)  # (see above, slow)")]
    [TestCase("x = torch.zeros(2, 3)  # softmax(4, 4)")]
    [TestCase("x = torch.zeros(2, 3)  # [4, 4] before padding")]
    [TestCase("x = torch.zeros(2, 3)  # [4, 4] → [5, 5]")]
    [TestCase("x = torch.zeros(2, 3)  # y: [4, 4]")]
    [TestCase("x = torch.zeros(2, 3)  # [0, 1]")]
    [TestCase("x = torch.zeros(2, 3)  # [4, -1]")]
    [TestCase("x = torch.zeros(2, 3); y = x  # [4, 4]")]
    [TestCase("x = \"# [4, 4]\" + torch.zeros(2, 3)")]
    [TestCase("print(torch.zeros(2, 3))  # [4, 4]")]
    [TestCase("x.mean()  # [4, 4]")]
    [TestCase("x = torch.zeros(480, 640, 3)  # (640, 480)")]
    [TestCase("x = torch.zeros(2, 3)\nx = x if y else z  # [4, 4]")]
    [TestCase("x = torch.zeros(2, 3)\nfor i in range(3):\n    x = x + y\nz = x  # [4, 4]")]
    [TestCase("x = torch.zeros(2, 3)\nif y:\n    x = torch.zeros(4, 5)\nz = x + 1  # [4, 4]")]
    [TestCase("x = torch.zeros(2, 3)\nx.unsqueeze_(0)\nz = x + 1  # [4, 4]")]
    [TestCase("def f(torch):\n    x = torch.zeros(2, 3)  # [4, 4]")]
    [TestCase("x = torch.zeros(2, 3)\ndef f(x):\n    y = x + 1  # [4, 4]")]
    [TestCase("B = 2\nx = torch.zeros(3, 4)  # [B, 4]", TestName = "a name that has another value here")]
    [TestCase("x = load()  # [4, 4]\ny = x.T  # [5, 5]", TestName = "numbers alone are not believed")]
    [TestCase("x = f(torch.zeros(2, 3),\n      torch.zeros(3))  # [4, 4]")]
    [TestCase("x = torch.zeros(*shape)  # [4, 4]")]
    [TestCase("x = torch.zeros(n)  # [4, 4]")]
    [TestCase("x = torch.sigmoid(z)  # x in [-1, 1] or so, if z in [0, 1]")]
    [TestCase("y = 2 * torch.sigmoid(x) - 1  # x in [0, 1]")]
    [TestCase("d = torch.exp(z)\ny = torch.tanh(d)  # in [0, 1]", TestName = "what goes in may keep it there")]
    [TestCase("y = torch.tanh(z) * L  # in [-5, 5]")]
    [TestCase("y = torch.rand(6).reshape(2, 3)  # reshape to [2, 3]")]
    public void In_NothingSure_IsSilent(string code) => Expect(code, "", anyRight: true);

    [TestCase("y = torch.tanh(z)  # in [-1, 1]", "[-1, 1]")]
    [TestCase("y = torch.tanh(z)  # range [0, 1]", "[0, 1] -> [-1, 1]")]
    [TestCase("y = torch.sigmoid(z)  # between 0 and 1", "0 and 1")]
    [TestCase("y = torch.sigmoid(z)  # between -1 and 0", "-1 and 0 -> 0 and 1")]
    [TestCase("y = torch.sigmoid(z)  # values in [-1, 1]", "[-1, 1]")]
    [TestCase("y = torch.sigmoid(z)  # maps to [-1, 1]", "[-1, 1] -> [0, 1]")]
    [TestCase("x = torch.sigmoid(z)\ny = x * 2 - 1  # in [-1, 1]", "[-1, 1]")]
    [TestCase("x = torch.sigmoid(z)\ny = x * 2 - 1  # in [0, 1]", "[0, 1] -> [-1, 1]")]
    [TestCase("x = torch.tanh(z)\ny = (x + 1) / 2  # rescale to [0, 1]", "[0, 1]")]
    [TestCase("y = torch.rand(3, 4) * 2 - 1  # ∈ [-1, 1]", "[-1, 1]")]
    [TestCase("y = torch.randn(3, 4).clamp(-2, 2)  # in [-1, 1]", "[-1, 1] -> [-2, 2]")]
    [TestCase("y = L * torch.tanh(z)  # in [-L, L]", "[-L, L]")]
    [TestCase("half = (L - 1) / 2\ny = half * torch.tanh(z)  # scaled to [-(L-1)/2, (L-1)/2]", "[-(L-1)/2, (L-1)/2]")]
    [TestCase("half = (L - 1) / 2\ny = half * torch.tanh(z)  # in [-L/2, L/2]", "[-L/2, L/2]")]
    [TestCase("y = nn.Sequential(nn.Linear(3, 4), nn.Tanh())(x)  # in [0, 1]", "[0, 1] -> [-1, 1]")]
    [TestCase("y = np.cos(t)  # in [-1, 1]", "[-1, 1]")]
    public void In_Range_ComparesItsEnds(string code, string expected) => Expect(code, expected);

    [TestCase("x = torch.randn(2, 3)\nprint(x.shape)  # torch.Size([2, 3])", "[2, 3]")]
    [TestCase("x = torch.randn(2, 3)\nx.shape  # (3, 2)", "(3, 2) -> (2, 3)")]
    [TestCase("x = torch.randn(2, 3)\nx.size()  # torch.Size([3, 2])", "[3, 2] -> [2, 3]")]
    [TestCase("def f(\n    z,  # [N, D]\n    w,  # [K, D]\n):\n    d = torch.cdist(z, w)  # [N, D]\n    i = d.argmin(1)  # [N]\n    return w[i]  # [N, D]", "[N] | [N, D]")]
    [TestCase("B, T, C = x.shape\ny = x.view(B, T, 4, C // 4).transpose(1, 2)  # [B, T, 4, C]", "")]
    [TestCase("B, T, C = x.shape\ny = x.view(B * T, C)  # [B*T, C]", "[B*T, C]")]
    [TestCase("B, T, C = x.shape\ny = torch.cat([x, x], dim=-1)  # [B, T, C]", "[B, T, C] -> [B, T, C*2]")]
    [TestCase("if a:\n    x = torch.zeros(2, 3)\nelse:\n    x = torch.ones(2, 3)\ny = x.T  # [3, 2]", "[3, 2]")]
    [TestCase("x = torch.zeros(2, 3)\nx += y\nz = x.T  # [2, 3]", "[2, 3] -> [3, 2]")]
    [TestCase("z = enc(x)  # z: [B, 8, 16]\ny = torch.cat([\n    z,\n    z,\n], dim=1)  # [B, 8, 32]", "[B, 8, 32] -> [B, 16, 16]")]
    public void In_Statements_FollowsThem(string code, string expected) => Expect(code, expected);

    [Test]
    public void In_WrongConvolution_NamesTheLayerAndWhatItDoes()
    {
        var check = In($"{Layers}        x = self.conv1(x)  # [B, 64, 256, 256]").Single();
        Assert.That(check.Finding?.Why, Is.EqualTo("conv1 has kernel 4, stride 2, padding 1: [B, 3, 256, 256] becomes [B, 64, 128, 128]"));
    }

    [Test]
    public void In_WrongScaling_SaysWhatTheLineDoes() =>
        Assert.That(In(Scalars)[^1].Finding?.Why, Is.EqualTo("tanh times (L-1) over 2 lies in [-(L-1)/2, (L-1)/2]"));

    [Test]
    public void In_OtherLanguage_IsSilent() =>
        Assert.That(ShapeComments.In(new Code(new Flat("x = torch.zeros(2, 3)  # [4, 4]", []), "julia")), Is.Empty);

    [Test]
    public void In_HostileText_ReturnsSoon()
    {
        string[] pieces = ["(", "[", "x = torch.zeros(2, 3) # [", "\"\"\"", "def f(", "if x:\n ", "-", "not ", "a if b else ", "x.y", "1**", "\0", "\uD800", "# in [0, ", "# [B, ", "lambda: ", "a=", ",", "x[0]", "x\n", " # x: [B, C]\n", "while x:\n\tx=torch.zeros(2)#[2,3]\n"];
        var watch = Stopwatch.StartNew();
        foreach (var piece in pieces)
        {
            foreach (var head in (string[])["", "import torch.nn # [B, C]\nx = ", "y = torch.zeros(2, 3)\nx = y # in ["])
            {
                Assert.That(() => In(head + new StringBuilder().Insert(0, piece, 200_000 / piece.Length)), Throws.Nothing, piece);
            }
        }

        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)));
    }

    [Test]
    public void In_StaircaseOfBlocks_ReturnsSoon()
    {
        var code = new StringBuilder("x = torch.zeros(2, 3)  # [2, 3]\n");
        for (var i = 0; i < 500; i++)
        {
            code.Append(' ', i).Append("if x:\n").Append(' ', i + 1).Append("x = x.T  # [3, 2]\n");
        }

        Assert.That(() => In(code.ToString()), Throws.Nothing);
    }

    private static IReadOnlyList<CommentCheck> In(string code) => ShapeComments.In(new Code(new Flat(code, []), "python"));

    /// <summary>Printed where it is right, printed -> right where it is not.</summary>
    private static void Expect(string code, string expected, bool anyRight = false)
    {
        var said = In(code)
            .Where(c => !anyRight || c.Finding is not null)
            .Select(c => c.Finding is { } wrong ? $"{wrong.Printed} -> {wrong.Right}" : code.Substring(c.At, c.Length));
        Assert.That(string.Join(" | ", said), Is.EqualTo(expected.Replace("]|[", "] | [", StringComparison.Ordinal)));
        Assert.That(In(code).Where(c => c.Finding is not null).All(c => code.Substring(c.At, c.Length) == c.Finding!.Printed), Is.True);
    }
}
