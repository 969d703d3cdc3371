using static TorchSharp.torch;

namespace NSft.Embedded.TorchSharp.Tests;

public sealed class ScopeTests
{
    private static long Live => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    [Fact]
    public void Scope_AtItsEnd_FreesWhatWasMadeInside()
    {
        long before = Live;
        Tensor inside;
        using (NewDisposeScope())
        {
            inside = zeros(3) + ones(3);
            Assert.Equal(before + 3, Live);
        }

        Assert.True(inside.IsInvalid);
        Assert.Equal(before, Live);
        Assert.Throws<InvalidOperationException>(() => inside.shape);
    }

    [Fact]
    public void Scope_TensorMovedOut_LivesInTheOuterScope()
    {
        long before = Live;
        using (NewDisposeScope())
        {
            Tensor kept;
            using (NewDisposeScope())
            {
                kept = (zeros(2) + 1).MoveToOuterDisposeScope();
            }

            Assert.Equal(2f, kept.sum().item<float>());
        }

        Assert.Equal(before, Live);
    }

    [Fact]
    public void Scope_TensorDetached_SurvivesAllScopes()
    {
        Tensor kept;
        using (NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                kept = ones(2).DetachFromDisposeScope();
            }
        }

        Assert.False(kept.IsInvalid);
        kept.Dispose();
        kept.Dispose();
        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void DisposeEverythingBut_OneTensor_KeepsItUntilTheEnd()
    {
        long before = Live;
        Tensor kept;
        Tensor other;
        using (DisposeScope scope = NewDisposeScope())
        {
            kept = ones(2);
            other = zeros(2);
            scope.DisposeEverythingBut(kept);
            Assert.True(other.IsInvalid);
            Assert.False(kept.IsInvalid);
            Assert.Equal(1, scope.DisposablesCount);
        }

        Assert.True(kept.IsInvalid);
        Assert.Equal(before, Live);
    }

    [Fact]
    public void Attach_ForeignTensor_IsFreedWithTheScope()
    {
        Tensor outside = ones(2);
        using (DisposeScope scope = NewDisposeScope())
        {
            scope.Attach(outside);
            Assert.True(scope.Contains(outside));
        }

        Assert.True(outside.IsInvalid);
    }

    [Fact]
    public void Scope_OfAnotherThread_IsNotThisThreadsScope()
    {
        using DisposeScope scope = NewDisposeScope();
        DisposeScope? seen = scope;
        var thread = new Thread(() => seen = CurrentDisposeScope);
        thread.Start();
        thread.Join();

        Assert.Null(seen);
        Assert.Same(scope, CurrentDisposeScope);
    }

    [Fact]
    public void Finalizer_OfForgottenTensors_FreesThem()
    {
        long floor = TotalCount();
        Forget(2000);
        for (int attempt = 0; attempt < 20 && TotalCount() > floor + 1000; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.True(TotalCount() < floor + 1000, $"{TotalCount()} tensors live, {floor} before");
    }

    [Fact]
    public void Grad_EveryGet_IsANewHandleToTheSameMemory()
    {
        using var scope = NewDisposeScope();
        Tensor leaf = ones(2).requires_grad_();
        (leaf * 3).sum().backward();
        Tensor first = leaf.grad!;
        Tensor second = leaf.grad!;

        Assert.NotSame(first, second);
        first.Dispose();
        Assert.Equal([3f, 3f], second.data<float>().ToArray());
        leaf.grad = null;
        Assert.Null(leaf.grad);
    }

    private static long TotalCount() => Tensor.TotalCount;

    private static void Forget(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _ = zeros(1);
        }
    }
}
