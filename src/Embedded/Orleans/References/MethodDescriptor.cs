using System.Reflection;
using Orleans.Concurrency;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>A method of a grain interface: how it is called, copied and scheduled.</summary>
internal sealed class MethodDescriptor
{
    /// <summary>The end of a call that nobody waits for.</summary>
    public static readonly Task<object?> NoResult = Task.FromResult<object?>(null);

    private readonly ArgumentCopier?[] _copiers;
    private readonly ResultCopier? _copyResult;
    private readonly Lazy<Func<object, object?[], ValueTask<object?>>> _invoker;

    public MethodDescriptor(InterfaceDescriptor owner, MethodInfo method, int index)
    {
        Owner = owner;
        Method = method;
        Index = index;
        ParameterInfo[] parameters = method.GetParameters();
        ParameterTypes = [.. parameters.Select(parameter => parameter.ParameterType)];
        DisplayName = $"{method.DeclaringType!.Name}.{method.Name}";
        Key = method.GetCustomAttribute<AliasAttribute>()?.Alias ?? $"{method.Name}({string.Join(',', ParameterTypes.Select(type => type.ToString()))})";
        (Kind, ResultType) = Classify(method);
        CancellationIndex = FindCancellation(parameters);
        IsOneWay = method.IsDefined(typeof(OneWayAttribute));
        IsReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        IsAlwaysInterleave = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        ResponseTimeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout ?? method.DeclaringType.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        _copiers = [.. parameters.Select(ArgumentCopier.For)];
        _copyResult = ResultType is null ? null : ResultCopier.For(ResultType, method.ReturnParameter.IsDefined(typeof(ImmutableAttribute)));
        _invoker = new(() => MethodInvoker.Compile(this));
    }

    public InterfaceDescriptor Owner { get; }

    public MethodInfo Method { get; }

    public int Index { get; }

    public Type[] ParameterTypes { get; }

    /// <summary>The method's name in errors.</summary>
    public string DisplayName { get; }

    /// <summary>The method's name in messages.</summary>
    public string Key { get; }

    public ReturnKind Kind { get; }

    /// <summary>The type of the awaited result; null for none.</summary>
    public Type? ResultType { get; }

    /// <summary>The place of the cancellation token; -1 for none.</summary>
    public int CancellationIndex { get; }

    public bool IsOneWay { get; }

    public bool IsReadOnly { get; }

    public bool IsAlwaysInterleave { get; }

    public TimeSpan? ResponseTimeout { get; }

    /// <summary>Calls the method on a grain object.</summary>
    public ValueTask<object?> InvokeAsync(object target, object?[] arguments) => _invoker.Value(target, arguments);

    /// <summary>Takes the caller's token out of the arguments: tokens do not travel, cancellations do.</summary>
    public CancellationToken TakeCancellation(object?[] arguments)
    {
        if (CancellationIndex < 0)
        {
            return CancellationToken.None;
        }

        CancellationToken token = (CancellationToken)arguments[CancellationIndex]!;
        arguments[CancellationIndex] = null;
        return token;
    }

    /// <summary>Replaces arguments by copies.</summary>
    /// <exception cref="CodecNotFoundException">An argument's type is not declared to travel in messages.</exception>
    public void CopyArguments(object?[] arguments, CopyContext context)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            if (_copiers[i] is { } copier)
            {
                arguments[i] = copier.Copy(arguments[i], context);
            }
        }
    }

    /// <summary>A copy of a result.</summary>
    /// <exception cref="CodecNotFoundException">The result's type is not declared to travel in messages.</exception>
    public object? CopyResult(object? result, CopyContext context) => _copyResult?.Copy(result, context);

    private static (ReturnKind Kind, Type? Result) Classify(MethodInfo method)
    {
        Type type = method.ReturnType;
        Type definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (!method.IsGenericMethodDefinition)
        {
            if (definition == typeof(Task))
            {
                return (ReturnKind.Task, null);
            }

            if (definition == typeof(Task<>))
            {
                return (ReturnKind.TaskOfResult, type.GetGenericArguments()[0]);
            }

            if (definition == typeof(ValueTask))
            {
                return (ReturnKind.ValueTask, null);
            }

            if (definition == typeof(ValueTask<>))
            {
                return (ReturnKind.ValueTaskOfResult, type.GetGenericArguments()[0]);
            }
        }

        throw new NotSupportedException($"The embedded engine cannot call {method.DeclaringType}.{method.Name}: grain methods return Task, Task<T>, ValueTask or ValueTask<T> and are not generic.");
    }

    private static int FindCancellation(ParameterInfo[] parameters)
    {
        int index = Array.FindIndex(parameters, parameter => parameter.ParameterType == typeof(CancellationToken));
        return index < 0 || index == parameters.Length - 1
            ? index
            : throw new NotSupportedException($"{parameters[index].Member.DeclaringType}.{parameters[index].Member.Name}: a cancellation token is the last parameter.");
    }
}
