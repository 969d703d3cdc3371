using System.Security.Cryptography;
using System.Text;
using NSft.Collectives;
using NSft.Model;
using NSft.Model.Adapters;
using NSft.Model.Images;
using NSft.Model.Weights;
using NSft.Training.Checkpoints;
using NSft.Training.Objectives;
using NSft.Training.Optimization;
using NSft.Training.Plans;
using NSft.Training.Samples;
using static TorchSharp.torch;

namespace NSft.Training.Sessions;

/// <summary>What a session is made of, opened and freed in the right order.</summary>
internal sealed class SessionParts : IDisposable
{
    private const long FrozenSample = 64;

    private readonly TrainingOptions _options;
    private readonly TrainingData _data;
    private readonly LlavaModel _model;
    private readonly Stack<IDisposable> _owned = new();

    private SessionParts(TrainingOptions options, TrainingData data, LlavaModel model, Func<string, float[]>? readPixels)
    {
        _options = options;
        _data = data;
        _model = Own(model);
        try
        {
            Objective = CreateObjective(options);
            Plan = new TrainingPlan([.. data.Samples.Select(sample => sample.Shape)], PlanSettings.From(options));
            if (options.LoraRank > 0)
            {
                model.AttachLora(new LoraOptions(options.LoraRank, options.ResolveLoraAlpha(), options.Seed, options.LoraTargets));
            }

            Parameters = Own(TrainableParameters.Take(model));
            model.StoreFrozenInComputeDtype();
            Moments = Own(new MomentStore(Parameters.Layout));
            Optimizer = new FlatOptimizer(Parameters, Moments, options, Plan.TotalSteps);
            Snapshots = Own(new SnapshotBuffers());
            Sum = Own(GradientAccumulator.Create(options.Reduction, Parameters.Layout, Plan.ShardCount));
            IReferencePolicy? reference = CreateReference();
            Memory = Measure(reference);
            Runner = CreateRunner(reference, readPixels ?? ModelPixels());
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal IObjective Objective { get; }

    internal TrainingPlan Plan { get; }

    internal TrainableParameters Parameters { get; }

    internal MomentStore Moments { get; }

    internal FlatOptimizer Optimizer { get; }

    internal SnapshotBuffers Snapshots { get; }

    internal GradientAccumulator Sum { get; }

    internal ShardRunner Runner { get; }

    internal PhaseClock Phases { get; } = new();

    /// <summary>What the session holds, without moments.</summary>
    internal SessionMemory Memory { get; }

    /// <summary>Loads the model and lays out its trained tensors.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="data">Samples.</param>
    /// <param name="readPixels">Reads an image as normalised pixels; null for the model's own image processor.</param>
    internal static SessionParts Open(TrainingOptions options, TrainingData data, Func<string, float[]>? readPixels)
    {
        // One thread a worker: parallelism comes from workers, and kernels split over threads would change the bits.
        set_num_threads(1);
        ScalarType dtype = options.Dtype == ComputePrecision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
        LlavaModel model = LlavaModel.Load(
            options.ModelDirectory, new ModelLoadOptions(dtype, device(options.Device), StorageDtype: ScalarType.Float32));
        return new SessionParts(options, data, model, readPixels);
    }

    /// <summary>
    /// Hash over all that decides the result. Where things lie and which of its GPUs a worker uses is no part of it: what was read there
    /// is, as token ids, layout and weights.
    /// </summary>
    internal string ComputeHash()
    {
        TrainingOptions plan = _options with
        {
            ModelDirectory = "",
            TokenizerPath = "",
            DataPath = "",
            ImageDirectory = "",
            CorrectivePath = null,
            Template = "",
            Device = _options.Device.Split(':')[0],
        };
        string[] parts = [TrainingOptionsJson.Write(plan), _data.Hash, Plan.Hash, Parameters.Layout.Hash, Parameters.WeightsHash(), FrozenHash()];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
    }

    /// <summary>Hash over the first values of each frozen tensor: they tell one model from another without reading all of it again.</summary>
    private string FrozenHash()
    {
        using var scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ModelParameter parameter in _model.Parameters.Where(parameter => !parameter.Tensor.requires_grad))
        {
            Tensor values = parameter.Tensor.view(-1);
            hash.AppendData(Encoding.UTF8.GetBytes(parameter.Name));
            hash.AppendData(values.narrow(0, 0, Math.Min(FrozenSample, values.numel())).to(ScalarType.Float32).cpu().contiguous().bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    internal void Export(string directory)
    {
        if (_model.Adapter is null)
        {
            _model.Save(directory, new SaveOptions(_model.ComputeDtype));
        }
        else
        {
            _model.SaveAdapter(directory);
        }
    }

    public void Dispose()
    {
        while (_owned.TryPop(out IDisposable? part))
        {
            part.Dispose();
        }
    }

    private static IObjective CreateObjective(TrainingOptions options) => options.Objective switch
    {
        ObjectiveKind.Sft => new SupervisedObjective(),
        ObjectiveKind.Nsft => new NegativeSupervisedObjective(options.ChosenWeight, options.NegativeWeight),
        _ => new DpoObjective(options.Beta),
    };

    private IReferencePolicy? CreateReference()
    {
        if (_options.Objective != ObjectiveKind.Dpo)
        {
            return null;
        }

        return Own<IReferencePolicy>(_model.Adapter is null ? new FrozenCopyReference(_model) : new AdapterOffReference(_model));
    }

    private Func<string, float[]> ModelPixels() =>
        ImageProcessor.ForModel(_options.ModelDirectory, _model.Config, _options.ImageMode).Process;

    private ShardRunner CreateRunner(IReferencePolicy? reference, Func<string, float[]> readPixels)
    {
        VisionFeatureSpool features = Own(new VisionFeatureSpool(_model, readPixels));
        var batches = new PassBatchBuilder(
            _data.Samples, features, _model.Config.Text.PadTokenId ?? 0, _options.Objective == ObjectiveKind.Dpo);
        return new ShardRunner(Own(new PolicyModel(_model, reference, Phases)), Objective, batches, Phases);
    }

    private SessionMemory Measure(IReferencePolicy? reference)
    {
        long frozen = _model.Parameters.Where(parameter => !parameter.Tensor.requires_grad)
            .Sum(parameter => parameter.Tensor.numel() * parameter.Tensor.element_size());
        long vector = Parameters.Layout.Length * sizeof(float);
        return new SessionMemory(frozen + vector, vector, Optimizer: 0, Reference: reference?.Bytes ?? 0);
    }

    private T Own<T>(T part)
        where T : IDisposable
    {
        _owned.Push(part);
        return part;
    }
}
