using static TorchSharp.torch;

namespace NSft.Embedded.TorchSharp.Tests;

public sealed class ThreadTests
{
    [Fact]
    public void Results_OnSeveralThreadsAtOnce_AreTheSameBits()
    {
        byte[][] found = new byte[4][];
        Thread[] threads = [.. Enumerable.Range(0, found.Length).Select(i => new Thread(() => found[i] = Step()))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.All(found, bytes => Assert.Equal(found[0], bytes));
    }

    [Fact]
    public void SetNumThreads_One_IsKept()
    {
        set_num_threads(1);
        Assert.Equal(1, get_num_threads());
    }

    [Fact]
    public void GradMode_SwitchedOff_IsOffOnThatThreadOnly()
    {
        using IDisposable quiet = no_grad();
        bool elsewhere = false;
        var thread = new Thread(() => elsewhere = is_grad_enabled());
        thread.Start();
        thread.Join();

        Assert.True(elsewhere);
        Assert.False(is_grad_enabled());
    }

    private static byte[] Step()
    {
        set_num_threads(1);
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        Tensor weights = randn([64, 96], generator: generator).requires_grad_();
        Tensor heads = randn([2, 50, 4, 24], generator: generator).transpose(1, 2);
        for (int i = 0; i < 5; i++)
        {
            Tensor mixed = nn.functional.scaled_dot_product_attention(heads, heads, heads, is_casual: true).transpose(1, 2).reshape(100, 96);
            nn.functional.silu(nn.functional.linear(mixed, weights)).logsumexp(-1).sum().backward();
        }

        return weights.grad!.bytes.ToArray();
    }
}
